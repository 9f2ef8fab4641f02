package relay.core.room;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import relay.core.wire.ClusterMessage;

/**
 * A {@link Room} as it is stored, without sealed fields.
 *
 * @param agent who holds the agent slot, or null
 * @param graceUntil while the agent is away: how long its claim is kept, or null
 */
public record RoomSnapshot(
    long epoch, @Nullable Slot agent, @Nullable Instant graceUntil, List<Slot> phones)
    implements ClusterMessage {

  public RoomSnapshot {
    phones = List.copyOf(phones);
  }

  public static RoomSnapshot of(Room room) {
    return switch (room.agent()) {
      case AgentSlot.Vacant _ -> new RoomSnapshot(room.epoch(), null, null, room.phones());
      case AgentSlot.Held(var slot) -> new RoomSnapshot(room.epoch(), slot, null, room.phones());
      case AgentSlot.Away(var until) -> new RoomSnapshot(room.epoch(), null, until, room.phones());
    };
  }

  public Room room() {
    return new Room(epoch, agentSlot(), phones);
  }

  private AgentSlot agentSlot() {
    if (agent != null) {
      return new AgentSlot.Held(agent);
    }
    return graceUntil == null ? new AgentSlot.Vacant() : new AgentSlot.Away(graceUntil);
  }
}
