package relay.core.room;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import relay.core.protocol.Keys;
import relay.core.wire.ClusterMessage;

/**
 * What happened in a room: who registered it, who attached, who left, and why each socket closed.
 * Events carry no payload, nothing that lets somebody in, and no name of a person or device.
 */
public sealed interface RoomEvent extends ClusterMessage
    permits RoomEvent.AgentAttached,
        RoomEvent.AgentDetached,
        RoomEvent.GraceExpired,
        RoomEvent.PhoneAttached,
        RoomEvent.PhoneDetached,
        RoomEvent.RoomForgotten,
        RegistrationEvent {

  Instant at();

  /** Whether somebody is told of it only after it is written; all else may be written later. */
  default boolean isPromise() {
    return switch (this) {
      case AgentAttached _, PhoneAttached _, RegistrationEvent _, RoomForgotten _ -> true;
      case AgentDetached _, PhoneDetached _, GraceExpired _ -> false;
    };
  }

  /**
   * An agent holds the slot; each one begins an epoch. Of the socket that holds it already it says
   * that its keys are others from now on.
   *
   * @param keys what phones are handed, or null in a dialect without
   */
  record AgentAttached(
      long epoch, SocketAddress socket, String connection, @Nullable Keys keys, Instant at)
      implements RoomEvent {

    public AgentAttached(long epoch, SocketAddress socket, String connection, Instant at) {
      this(epoch, socket, connection, null, at);
    }
  }

  /**
   * The agent lost the slot.
   *
   * @param closeCode the one used or received, 0 where there was none
   * @param graceUntil how long its claim is kept for it, or null where it is not
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

  /**
   * A phone holds a slot. Of a socket that holds one already it says that its keys are others from
   * now on.
   *
   * @param epoch that of its agent, or one it begins itself, as its dialect says
   * @param keys what the agent is handed, or null in a dialect without
   */
  record PhoneAttached(
      long epoch, SocketAddress socket, String connection, @Nullable Keys keys, Instant at)
      implements RoomEvent {

    public PhoneAttached(long epoch, SocketAddress socket, String connection, Instant at) {
      this(epoch, socket, connection, null, at);
    }
  }

  /**
   * A phone lost its slot.
   *
   * @param closeCode the one used or received, 0 where there was none
   */
  record PhoneDetached(
      SocketAddress socket, String connection, CloseCause cause, int closeCode, Instant at)
      implements RoomEvent {}

  /** The room was removed: its sockets were closed, and its history begins anew. */
  record RoomForgotten(Instant at) implements RoomEvent {}
}
