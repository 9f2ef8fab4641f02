package relay.core.room.entity;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import relay.core.room.Dialect;
import relay.core.room.RoomPolicy;

/**
 * What all rooms of a node share.
 *
 * @param policies of the dialects that are spoken
 * @param rollCallTimeout how long an edge may take to tell a recovered room which sockets live
 * @param passivateAfter how long a room without commands stays in memory, connected or not
 */
public record RoomSurroundings(
    Map<Dialect, RoomPolicy> policies,
    InstantSource clock,
    WritePacer pacer,
    RoomObserver observer,
    Duration rollCallTimeout,
    Duration passivateAfter) {
  private static final int WRITES_PER_SECOND = 500;
  private static final Duration MIN_WRITE_DELAY = Duration.ofSeconds(2);
  private static final Duration ROLL_CALL_TIMEOUT = Duration.ofSeconds(30);

  public RoomSurroundings {
    policies = Map.copyOf(policies);
  }

  /** The surroundings of a node in service. */
  public static RoomSurroundings of(
      Map<Dialect, RoomPolicy> policies,
      InstantSource clock,
      RoomObserver observer,
      Duration passivateAfter) {
    WritePacer pacer = new WritePacer(WRITES_PER_SECOND, MIN_WRITE_DELAY);
    return new RoomSurroundings(
        policies, clock, pacer, observer, ROLL_CALL_TIMEOUT, passivateAfter);
  }

  RoomPolicy policy(Dialect dialect) {
    RoomPolicy policy = policies.get(dialect);
    if (policy == null) {
      throw new IllegalArgumentException(
          dialect + " has no rooms: it must be one of " + policies.keySet());
    }
    return policy;
  }
}
