package relay.http.testing.termonmac;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;
import relay.core.endtoend.ConnectionKeys;
import relay.core.endtoend.PairingToken;
import relay.core.endtoend.PhoneMemory;
import relay.core.endtoend.PhoneSession;
import relay.core.endtoend.QrPayload;
import relay.core.endtoend.RoomSecret;
import relay.core.endtoend.SessionEffect;
import relay.core.endtoend.SessionRefusal;
import relay.core.x25519.KeyPair;

/** A phone as it behaves towards the relay (TermOnMac 3, 9.2, 10.5). */
public final class PhonePeer extends Peer {
  private static final Duration BEAT = Duration.ofSeconds(3);
  private static final Duration ACK_TIMEOUT = Duration.ofSeconds(15);
  private static final Duration GIVES_UP_AFTER = Duration.ofMinutes(5);
  private static final int BUFFERED = 100;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final KeyPair identity;
  private final String roomId;
  private final List<SessionRefusal> refusals = new ArrayList<>();
  private final List<String> screen = new ArrayList<>();
  private final Deque<String> unsent = new ArrayDeque<>();
  private ConnectionKeys keys;
  private PhoneMemory stored;
  private PhoneSession session;
  private @Nullable Heartbeats beats;
  private @Nullable Instant lostAt;
  private boolean isTurnedAway;

  private PhonePeer(IntSupplier port, String apiKey, QrPayload read, KeyPair identity) {
    super(port, apiKey);
    this.identity = identity;
    roomId = read.roomId();
    stored = PhoneMemory.of(read);
    keys = ConnectionKeys.fresh(identity, RANDOM);
    session = new PhoneSession(stored, keys, RANDOM);
  }

  /** A phone that has just read that from a Mac's screen. */
  public static PhonePeer scanning(IntSupplier port, String apiKey, QrPayload read) {
    return new PhonePeer(port, apiKey, read, KeyPair.generate(RANDOM));
  }

  /** The same phone on another network, while its first connection may still be there (9.3). */
  public synchronized PhonePeer onAnotherNetwork(IntSupplier port, String apiKey, QrPayload read) {
    PhonePeer twin = new PhonePeer(port, apiKey, read, identity);
    twin.stored = stored;
    return twin;
  }

  // What a test does

  /** Reads a screen again. */
  public synchronized void scan(QrPayload read) {
    stored = stored.pairingWith(read);
  }

  /** What the user types; kept for later, up to a bound, while the Mac is away (9.2). */
  public synchronized void type(String json) {
    if (session.isAuthenticated()) {
      send(ClientTexts.relay(session.seal(json)));
    } else if (unsent.size() < BUFFERED) {
      unsent.add(json);
    }
  }

  /** Joins a second time on the same socket, with the same keys (TermOnMac 3.4). */
  public synchronized void joinAgain() {
    join();
  }

  /** Remembers something else than it has learnt. */
  public synchronized void remember(PhoneMemory memory) {
    stored = memory;
  }

  // What a test asks

  public synchronized void awaitTogether() {
    await("an authenticated Mac", () -> session.isAuthenticated());
  }

  /** Waits, dials, joins and meets the Mac, whatever comes in between. */
  public synchronized void comeBack() {
    comeBackUntil("an authenticated Mac", () -> session.isAuthenticated());
  }

  public synchronized boolean isTogether() {
    return session.isAuthenticated();
  }

  public synchronized PhoneMemory memory() {
    return stored;
  }

  /** What the Mac's terminals have said. */
  public synchronized List<String> screen() {
    return List.copyOf(screen);
  }

  /** Why Macs were sent away. */
  public synchronized List<SessionRefusal> refusals() {
    return List.copyOf(refusals);
  }

  // What the relay does

  @Override
  String path() {
    return "/ws?room_id=" + roomId + "&role=ios";
  }

  @Override
  void opened() {
    keys = ConnectionKeys.fresh(identity, RANDOM);
    session = new PhoneSession(stored, keys, RANDOM);
    isTurnedAway = false;
    beats = new Heartbeats(time, () -> BEAT, ACK_TIMEOUT, new Beating());
    join();
  }

  @Override
  void refused(int status) {
    if (status != 401 && status != 410) {
      dialUnlessItIsLate();
    }
  }

  @Override
  void closed(int code, String reason) {
    switch (code) {
      case 4001 -> did("was replaced, and stays away");
      case 4003 -> {
        if (isTurnedAway) {
          did("was turned away, and tries what else it knows");
          line.dialAfterBackoff();
        }
      }
      default -> dialUnlessItIsLate();
    }
  }

  @Override
  void disconnected() {
    lostAt = lostAt == null ? time.now() : lostAt;
    session.disconnected();
    if (beats != null) {
      beats.stop();
    }
  }

  @Override
  void heard(ServerMessage message) {
    switch (message) {
      case ServerMessage.PeerJoined(var mac) -> carryOut(session.introduced(mac));
      case ServerMessage.Relay(var payload) -> carryOut(session.received(payload));
      case ServerMessage.RelayBatch(var payloads) ->
          payloads.forEach(payload -> carryOut(session.received(payload)));
      case ServerMessage.PeerDisconnected _ -> carryOut(session.left());
      case ServerMessage.HeartbeatAck _ -> {
        if (beats != null) {
          beats.acknowledged();
        }
      }
      case ServerMessage.ErrorMessage error -> failed(error.code());
      case ServerMessage.QuotaExceeded _ -> leave();
      case ServerMessage.RoomRegistered _ -> did("was told that it is a Mac");
    }
  }

  @Override
  List<String> misfortunes() {
    return List.of();
  }

  private void join() {
    Optional<RoomSecret> secret = stored.secrets().stream().findFirst();
    Optional<PairingToken> token = stored.token();
    send(ClientTexts.join(roomId, keys.introduction(), secret, token));
  }

  private void failed(String code) {
    if (code.equals("AUTH_FAILED")) {
      PhoneMemory before = stored;
      carryOut(session.turnedAway());
      isTurnedAway = !before.proof().equals(stored.proof());
    }
  }

  private void carryOut(List<SessionEffect> effects) {
    for (SessionEffect effect : effects) {
      switch (effect) {
        case SessionEffect.Persist() -> stored = session.memory();
        case SessionEffect.Send(var payload) -> send(ClientTexts.relay(payload));
        case SessionEffect.Authenticated() -> authenticated();
        case SessionEffect.Heard(var json) -> screen.add(json);
        case SessionEffect.Refuse(var why) -> {
          refusals.add(why);
          leave();
        }
        case SessionEffect.RegisterAgain() -> did("was told that it is a Mac");
      }
    }
  }

  private void authenticated() {
    lostAt = null;
    while (!unsent.isEmpty()) {
      type(unsent.remove());
    }
  }

  private void dialUnlessItIsLate() {
    if (lostAt == null || time.now().isBefore(lostAt.plus(GIVES_UP_AFTER))) {
      line.dialAfterBackoff();
    } else {
      did("gave up");
    }
  }

  private final class Beating implements Heartbeats.Heart {
    @Override
    public void beat() {
      send(ClientTexts.heartbeat());
    }

    @Override
    public void missed() {
      did("missed its acknowledgements");
      leaveFor(Duration.ZERO);
    }
  }

  @Override
  public String toString() {
    return "a phone of room " + roomId;
  }
}
