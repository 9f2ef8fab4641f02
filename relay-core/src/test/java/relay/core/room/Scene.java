package relay.core.room;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import relay.core.settings.PyrycodeSettings;

/** A room played through step by step; each step's verdict holds before the next. */
final class Scene {
  static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  static final Duration GRACE = Duration.ofSeconds(30);
  static final String EDGE = "edge-1";
  static final String OTHER_EDGE = "edge-2";

  private Arbiter arbiter;
  private Instant now = START;
  private Verdict last = new Verdict(List.of(), List.of(), Contest.NONE);

  Scene(int maxPhones) {
    arbiter = new Arbiter(policy(maxPhones), Room.EMPTY);
  }

  static Scene empty() {
    return new Scene(16);
  }

  static Scene withAgent(long number) {
    Scene scene = empty();
    scene.agentAttaches(number);
    return scene;
  }

  static RoomPolicy policy(int maxPhones) {
    Duration seconds = Duration.ofSeconds(5);
    return RoomPolicy.pyrycode(
        new PyrycodeSettings(
            maxPhones,
            GRACE,
            Duration.ofSeconds(10),
            seconds,
            seconds,
            262_144,
            4_194_304,
            1_048_576,
            seconds,
            seconds,
            seconds,
            seconds));
  }

  static SocketAddress socket(long number) {
    return new SocketAddress(EDGE, number);
  }

  static Claim claim(SocketAddress socket) {
    return new Claim(socket, "connection-" + socket.number());
  }

  Room room() {
    return arbiter.room();
  }

  Arbiter arbiter() {
    return arbiter;
  }

  Instant now() {
    return now;
  }

  Verdict last() {
    return last;
  }

  void passes(Duration time) {
    now = now.plus(time);
  }

  @CanIgnoreReturnValue
  Verdict agentAttaches(long number) {
    return then(arbiter.attachAgent(claim(socket(number)), now));
  }

  @CanIgnoreReturnValue
  Verdict phoneAttaches(long number) {
    return phoneAttaches(socket(number));
  }

  @CanIgnoreReturnValue
  Verdict phoneAttaches(SocketAddress socket) {
    return then(arbiter.attachPhone(claim(socket), now));
  }

  @CanIgnoreReturnValue
  Verdict leaves(long number) {
    return then(arbiter.detach(socket(number), CloseCause.PEER_CLOSED, 1000, now));
  }

  @CanIgnoreReturnValue
  Verdict answersProbe(long number, long probe) {
    return then(arbiter.probeAnswered(socket(number), probe, now));
  }

  @CanIgnoreReturnValue
  Verdict probeTimesOut(long probe) {
    return then(arbiter.probeTimedOut(probe, now));
  }

  @CanIgnoreReturnValue
  Verdict asksAboutGrace(long number) {
    return then(arbiter.graceElapsed(socket(number), now));
  }

  @CanIgnoreReturnValue
  Verdict then(Verdict verdict) {
    last = verdict;
    arbiter = arbiter.after(verdict);
    return verdict;
  }

  /** Its node died, and this is what another one made of its events. */
  void recoversAs(Room room) {
    arbiter = new Arbiter(arbiter.policy(), room);
  }

  Set<Long> phones() {
    return room().phones().stream().map(it -> it.socket().number()).collect(Collectors.toSet());
  }
}
