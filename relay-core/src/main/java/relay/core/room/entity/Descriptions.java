package relay.core.room.entity;

import relay.core.room.AgentSlot;
import relay.core.room.Registered;
import relay.core.room.Room;
import relay.core.room.Slot;

/** Tells operators what a room knows. */
final class Descriptions {
  private Descriptions() {}

  static RoomDescription of(Room room) {
    Registered known = room.registered();
    return new RoomDescription(
        room.epoch(),
        room.agentHolder().map(Descriptions::slot).orElse(null),
        room.phones().stream().map(Descriptions::slot).toList(),
        room.agent() instanceof AgentSlot.Away(var until) ? until : null,
        known == null ? null : known.owner(),
        known == null ? null : known.lastSeen());
  }

  private static RoomDescription.Slot slot(Slot slot) {
    return new RoomDescription.Slot(slot.socket(), slot.connection(), slot.since());
  }
}
