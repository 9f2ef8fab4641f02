package relay.core.room.entity;

/** What a room, its timers, its watches and its shard tell it; it never crosses nodes. */
sealed interface RoomSignal extends RoomCommand {

  /** The incumbent did not answer this probe in time. */
  record ProbeTimedOut(long probe) implements RoomSignal {}

  /** The edge's actor has ended. */
  record EdgeLost(String edge) implements RoomSignal {}

  /** Some edges have not said yet which of their sockets live. */
  record CallAgain() implements RoomSignal {}

  /** What is not written yet is to be written now. */
  record WriteDue() implements RoomSignal {}

  /** No command has come for a while. */
  record Idle() implements RoomSignal {}

  /** The shard agrees, or moves: write what is not written and end. */
  record Stop() implements RoomSignal {}
}
