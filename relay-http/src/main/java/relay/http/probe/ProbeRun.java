package relay.http.probe;

import java.net.URI;
import java.net.http.HttpClient;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import relay.core.noise.HandshakeState;
import relay.core.noise.Transport;
import relay.core.x25519.KeyPair;
import relay.http.probe.ProbeMessages.FromPhone;
import relay.http.probe.ProbeReport.RoundTrips;

/** One probe: both ends' keys, identifiers and connections, used once. */
final class ProbeRun {
  private static final byte[] NO_PROLOGUE = {};
  private static final int NO_SERVER = 4404;
  private static final Duration GLANCE = Duration.ofMillis(20);
  private static final int MAX_PHONES = 5;

  private final URI base;
  private final ProbeOptions options;
  private final HttpClient http;
  private final InstantSource clock;
  private final String serverId = UUID.randomUUID().toString();
  private final String token;
  private final HandshakeState daemonSide;
  private final HandshakeState phoneSide;
  private final ProbeSteps steps = new ProbeSteps();
  private final List<Duration> trips = new ArrayList<>();
  private final List<ProbePeer> peers = new ArrayList<>();

  ProbeRun(
      URI base, ProbeOptions options, HttpClient http, InstantSource clock, SecureRandom random) {
    this.base = base;
    this.options = options;
    this.http = http;
    this.clock = clock;
    byte[] secret = new byte[32];
    random.nextBytes(secret);
    token = HexFormat.of().formatHex(secret);
    KeyPair daemonKeys = KeyPair.generate(random);
    daemonSide = HandshakeState.responder(daemonKeys, KeyPair.generate(random), NO_PROLOGUE);
    phoneSide =
        HandshakeState.initiator(
            KeyPair.generate(random),
            KeyPair.generate(random),
            daemonKeys.publicKey(),
            NO_PROLOGUE);
  }

  ProbeReport report() {
    try {
      probe();
    } catch (ProbeFailure | GeneralSecurityException _) {
      // The step that failed has noted why.
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } finally {
      peers.forEach(ProbePeer::close);
    }
    boolean isMeasured = trips.size() == options.roundTrips();
    return new ProbeReport(
        base, steps.steps(), isMeasured ? Optional.of(RoundTrips.of(trips)) : Optional.empty());
  }

  private void probe() throws ProbeFailure, GeneralSecurityException, InterruptedException {
    ProbePeer binary = steps.take("binary connects", this::connectBinary);
    ProbePeer phone = steps.take("phone connects", this::connectPhone);
    Arrival init = steps.take("noise_init reaches the binary", () -> greet(binary, phone));
    steps.take("noise_resp reaches the phone", () -> answer(binary, init));
    Transport daemonKeys = daemonSide.split();
    Transport phoneKeys = phoneSide.split();
    steps.take(
        options.roundTrips() + " sealed round trips",
        () -> ask(binary, daemonKeys, init, phoneKeys));
    steps.take("close notice reaches the binary", () -> leave(binary, init));
    steps.take("binary leaves", () -> leave(binary));
  }

  /** A phone whose first frame reached the binary. */
  private record Arrival(ProbePeer phone, FromPhone first) {}

  private ProbePeer connectBinary() throws ProbeFailure, InterruptedException {
    return connect(
        "binary",
        "v1/server",
        Map.of(
            "x-pyrycode-server",
            serverId,
            "x-pyrycode-version",
            options.version(),
            "user-agent",
            "pyry/" + options.version()));
  }

  private ProbePeer connectPhone() throws ProbeFailure, InterruptedException {
    return connect(
        "phone",
        "v1/client",
        Map.of(
            "x-pyrycode-server",
            serverId,
            "x-pyrycode-token",
            token,
            "x-pyrycode-device-name",
            options.deviceName(),
            "user-agent",
            "relay-probe/" + options.version()));
  }

  private ProbePeer connect(String name, String path, Map<String, String> headers)
      throws ProbeFailure, InterruptedException {
    ProbePeer peer = ProbePeer.connect(name, http, base.resolve(path), headers, options.patience());
    peers.add(peer);
    return peer;
  }

  /**
   * The binary's claim may still be on its way when the first phone arrives: then one tries again.
   */
  private Arrival greet(ProbePeer binary, ProbePeer first)
      throws ProbeFailure, GeneralSecurityException, InterruptedException {
    byte[] hello =
        ProbeMessages.hello(clock.instant(), options.deviceName(), options.version(), token);
    String init = ProbeMessages.frame("noise_init", phoneSide.write(hello)).toString();
    ProbePeer phone = first;
    for (int attempt = 1; ; attempt++) {
      FromPhone arrived = tryToReach(binary, phone, init, attempt == MAX_PHONES);
      if (arrived != null) {
        ProbeMessages.check(
            daemonSide.read(ProbeMessages.data("noise_init", arrived.frame())), "hello", "id", 1);
        return new Arrival(phone, arrived);
      }
      Thread.sleep(GLANCE.multipliedBy(1L << attempt));
      phone = connectPhone();
    }
  }

  /** Null if the phone was told that there is no such server, and may try again. */
  private @Nullable FromPhone tryToReach(
      ProbePeer binary, ProbePeer phone, String init, boolean isLastTry)
      throws ProbeFailure, InterruptedException {
    phone.send(init);
    long start = System.nanoTime();
    while (System.nanoTime() - start < options.patience().toNanos()) {
      ProbePeer.Event arrived = binary.poll(GLANCE);
      if (arrived != null) {
        return ProbeMessages.unwrap(binary.text(arrived));
      }
      ProbePeer.Event refused = phone.poll(Duration.ZERO);
      if (refused instanceof ProbePeer.Event.Closed closed
          && closed.code() == NO_SERVER
          && !isLastTry) {
        return null;
      }
      if (refused != null) {
        phone.text(refused);
        throw new ProbeFailure("the phone was sent something before it shook hands");
      }
    }
    throw new ProbeFailure(
        "nothing reached the binary within " + options.patience().toMillis() + " ms");
  }

  private String answer(ProbePeer binary, Arrival init)
      throws ProbeFailure, GeneralSecurityException, InterruptedException {
    String connId = init.first().connId();
    byte[] ack = ProbeMessages.helloAck(clock.instant(), serverId, connId);
    binary.send(
        ProbeMessages.wrap(connId, ProbeMessages.frame("noise_resp", daemonSide.write(ack))));
    byte[] answer = ProbeMessages.data("noise_resp", ProbeMessages.parse(init.phone().receive()));
    ProbeMessages.check(phoneSide.read(answer), "hello_ack", "in_reply_to", 1);
    return connId;
  }

  private int ask(ProbePeer binary, Transport daemonKeys, Arrival init, Transport phoneKeys)
      throws ProbeFailure, GeneralSecurityException, InterruptedException {
    for (long id = 2; id < 2 + options.roundTrips(); id++) {
      long start = System.nanoTime();
      byte[] question = phoneKeys.sending().seal(ProbeMessages.question(id, clock.instant()));
      init.phone().send(ProbeMessages.frame("noise_msg", question).toString());

      FromPhone asked = ProbeMessages.unwrap(binary.receive());
      byte[] sealed = ProbeMessages.data("noise_msg", asked.frame());
      ProbeMessages.check(daemonKeys.receiving().open(sealed), "list_conversations", "id", id);
      byte[] reply = daemonKeys.sending().seal(ProbeMessages.reply(id, clock.instant()));
      binary.send(ProbeMessages.wrap(asked.connId(), ProbeMessages.frame("noise_msg", reply)));

      byte[] answer = ProbeMessages.data("noise_msg", ProbeMessages.parse(init.phone().receive()));
      ProbeMessages.check(phoneKeys.receiving().open(answer), "conversations", "in_reply_to", id);
      trips.add(Duration.ofNanos(System.nanoTime() - start));
    }
    return trips.size();
  }

  private int leave(ProbePeer binary, Arrival init) throws ProbeFailure, InterruptedException {
    init.phone().leave();
    FromPhone notice = ProbeMessages.unwrap(binary.receive());
    if (!notice.connId().equals(init.first().connId()) || notice.closeCode() != 1000) {
      throw new ProbeFailure("the binary was told close code " + notice.closeCode());
    }
    return notice.closeCode();
  }

  private boolean leave(ProbePeer binary) throws ProbeFailure, InterruptedException {
    binary.leave();
    return true;
  }
}
