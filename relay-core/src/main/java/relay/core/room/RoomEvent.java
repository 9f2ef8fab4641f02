package relay.core.room;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import relay.core.wire.ClusterMessage;

/**
 * What happened in a room: who attached, who left, and why each socket closed. Events carry no
 * payload, no credential and no name of a person or device.
 */
public sealed interface RoomEvent extends ClusterMessage {

  Instant at();

  /** Whether somebody is told of it only after it is written; all else may be written later. */
  default boolean isPromise() {
    return switch (this) {
      case AgentAttached _, PhoneAttached _, RoomForgotten _ -> true;
      case AgentDetached _, PhoneDetached _, GraceExpired _ -> false;
    };
  }

  /** An agent holds the slot; each one begins an epoch. */
  record AgentAttached(long epoch, SocketAddress socket, String connection, Instant at)
      implements RoomEvent {}

  /**
   * The agent lost the slot.
   *
   * @param closeCode the one used or received, 0 where there was none
   * @param graceUntil how long its claim is kept for it, or null where another agent follows
   */
  record AgentDetached(
      SocketAddress socket,
      String connection,
      CloseCause cause,
      int closeCode,
      @Nullable Instant graceUntil,
      Instant at)
      implements RoomEvent {}

  /** The absent agent did not come back in time, and somebody noticed. */
  record GraceExpired(long epoch, Instant at) implements RoomEvent {}

  /** A phone holds a slot and belongs to the agent of that epoch. */
  record PhoneAttached(long epoch, SocketAddress socket, String connection, Instant at)
      implements RoomEvent {}

  /**
   * A phone lost its slot.
   *
   * @param closeCode the one used or received, 0 where there was none
   */
  record PhoneDetached(
      SocketAddress socket, String connection, CloseCause cause, int closeCode, Instant at)
      implements RoomEvent {}

  /** An operator removed the room: its sockets were closed, and its history begins anew. */
  record RoomForgotten(Instant at) implements RoomEvent {}
}
