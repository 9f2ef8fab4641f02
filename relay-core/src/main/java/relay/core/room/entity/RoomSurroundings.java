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
 * @param passivateAfter how long a room without commands stays in memory, connected or not
 */
public record RoomSurroundings(
    Map<Dialect, RoomPolicy> policies,
    InstantSource clock,
    WritePacer pacer,
    RoomObserver observer,
    Duration passivateAfter) {

  public RoomSurroundings {
    policies = Map.copyOf(policies);
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
