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
 * @param registered whose it is, or null; without {@link Rejections}, which are good for a minute
 *     and would be stored for ever: whoever begins to count anew ends the loop three flights later
 */
public record RoomSnapshot(
    long epoch,
    @Nullable Slot agent,
    @Nullable Instant graceUntil,
    List<Slot> phones,
    @Nullable Registered registered)
    implements ClusterMessage {

  public RoomSnapshot {
    phones = List.copyOf(phones);
  }

  public RoomSnapshot(
      long epoch, @Nullable Slot agent, @Nullable Instant graceUntil, List<Slot> phones) {
    this(epoch, agent, graceUntil, phones, null);
  }

  public static RoomSnapshot of(Room room) {
    Registered known = room.registered();
    return new RoomSnapshot(
        room.epoch(),
        room.agentHolder().orElse(null),
        room.agent() instanceof AgentSlot.Away(var until) ? until : null,
        room.phones(),
        known == null ? null : known.withRejections(Rejections.NONE));
  }

  public Room room() {
    return new Room(epoch, agentSlot(), phones, registered);
  }

  private AgentSlot agentSlot() {
    if (agent != null) {
      return new AgentSlot.Held(agent);
    }
    return graceUntil == null ? new AgentSlot.Vacant() : new AgentSlot.Away(graceUntil);
  }
}
