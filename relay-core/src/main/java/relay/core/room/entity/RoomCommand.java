package relay.core.room.entity;

import java.util.List;
import org.apache.pekko.actor.typed.ActorRef;
import relay.core.room.CloseCause;
import relay.core.room.SocketAddress;
import relay.core.wire.ClusterMessage;

/**
 * What a room is asked. Answers to sockets go to their edge, as {@link
 * relay.core.room.entity.RoomNotice}.
 */
public sealed interface RoomCommand extends ClusterMessage
    permits RoomCommand.AttachAgent,
        RoomCommand.AttachPhone,
        RoomCommand.Detach,
        RoomCommand.ProbeAnswered,
        RoomCommand.GraceElapsed,
        RoomCommand.LiveSockets,
        RoomCommand.Describe,
        RoomCommand.Forget,
        RoomSignal {

  /**
   * An agent asks for the slot. Asking again from the same socket is answered again.
   *
   * @param connection the id the relay gave the connection
   */
  record AttachAgent(SocketAddress socket, String connection) implements RoomCommand {}

  /** A phone asks for a slot. Asking again from the same socket is answered again. */
  record AttachPhone(SocketAddress socket, String connection) implements RoomCommand {}

  /** A socket ended; {@code closeCode} is the one used or received, 0 where there was none. */
  record Detach(SocketAddress socket, CloseCause cause, int closeCode) implements RoomCommand {}

  /** The agent's socket answered {@link relay.core.room.entity.RoomNotice.Probe}. */
  record ProbeAnswered(SocketAddress socket, long probe) implements RoomCommand {}

  /** A phone's timer says that its agent's grace is over; the room decides whether it is. */
  record GraceElapsed(SocketAddress socket) implements RoomCommand {}

  /** An edge's answer to {@link relay.core.room.entity.EdgeCommand.AskLive}. */
  record LiveSockets(String edge, List<Long> live) implements RoomCommand {}

  /** Asks what the room knows, for operators. */
  record Describe(ActorRef<RoomDescription> replyTo) implements RoomCommand {}

  /**
   * Closes the room's sockets. Once that is answered, what is kept of the room is deleted; where
   * the journal cannot, it counts for nothing and goes when the room's next events replace it.
   */
  record Forget(ActorRef<Forgotten> replyTo) implements RoomCommand {}

  /** The room is gone. */
  record Forgotten(boolean existed) implements ClusterMessage {}
}
