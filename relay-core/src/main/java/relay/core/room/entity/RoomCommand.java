package relay.core.room.entity;

import java.util.List;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;
import relay.core.account.AccountId;
import relay.core.room.CloseCause;
import relay.core.room.JoinRequest;
import relay.core.room.Registration;
import relay.core.room.ReleaseAnswer;
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
        RoomCommand.Release,
        RoomCommand.Disown,
        RoomSignal {

  /**
   * An agent asks for the slot. Asking again from the same socket is answered again.
   *
   * @param connection the id the relay gave the connection
   * @param registration what it shows, or null in a dialect without credentials
   * @param grantedEpoch the latest epoch in which the socket was granted the slot, or 0: one that
   *     has lost it meanwhile is closed instead of getting it back
   */
  record AttachAgent(
      SocketAddress socket,
      String connection,
      @Nullable Registration registration,
      long grantedEpoch)
      implements RoomCommand {

    public AttachAgent(SocketAddress socket, String connection) {
      this(socket, connection, null, 0);
    }
  }

  /**
   * A phone asks for a slot. Asking again from the same socket is answered again.
   *
   * @param join what it shows, or null in a dialect without credentials
   * @param grantedEpoch the latest epoch in which the socket was granted a slot, or 0: one that has
   *     lost it meanwhile is closed instead of getting it back
   */
  record AttachPhone(
      SocketAddress socket, String connection, @Nullable JoinRequest join, long grantedEpoch)
      implements RoomCommand {

    public AttachPhone(SocketAddress socket, String connection) {
      this(socket, connection, null, 0);
    }
  }

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

  /**
   * Forgets the room for its owner, unless its agent is connected (TermOnMac 1.11): its phone is
   * closed, and the same agent may register it anew.
   */
  record Release(AccountId owner, ActorRef<Released> replyTo) implements RoomCommand {}

  /**
   * Forgets the room if it is that account's, which is gone for good: its sockets are closed. It is
   * answered once nothing is left of the room, or if it is another's; where the journal cannot
   * delete, there is no answer.
   */
  record Disown(AccountId owner, ActorRef<Released> replyTo) implements RoomCommand {}

  /** What became of it. */
  record Released(ReleaseAnswer answer) implements ClusterMessage {}
}
