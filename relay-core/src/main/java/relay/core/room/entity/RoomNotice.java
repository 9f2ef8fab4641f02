package relay.core.room.entity;

import org.jspecify.annotations.Nullable;
import relay.core.account.AccountId;
import relay.core.protocol.Keys;
import relay.core.room.CloseCause;
import relay.core.room.Refusal;
import relay.core.room.SocketAddress;

/** What a room tells one socket of an edge. Notices of one room to one edge keep their order. */
public sealed interface RoomNotice extends EdgeCommand {

  /** The number of the socket it is for; unknown numbers are ignored. */
  long socket();

  /**
   * The socket holds the agent slot from now on; frames of other epochs are not for it. Told again,
   * with the epoch of the moment, whenever it registers again.
   */
  record AgentGranted(long socket, long epoch, boolean tookOver) implements RoomNotice {}

  /**
   * The socket holds a phone slot.
   *
   * @param agent whom to send frames to, or null while the agent is away
   * @param graceMillis while the agent is away: how long the room still waits for it
   * @param keys the agent's, or null while it is away and in a dialect without. With the epoch of
   *     an earlier notice they are the same again
   */
  record PhoneGranted(
      long socket, long epoch, @Nullable SocketAddress agent, long graceMillis, @Nullable Keys keys)
      implements RoomNotice {

    public PhoneGranted(long socket, long epoch, @Nullable SocketAddress agent, long graceMillis) {
      this(socket, epoch, agent, graceMillis, null);
    }
  }

  /**
   * The socket gets no slot and is to be answered, or closed, as its dialect says.
   *
   * @param owner whose the room is, where that is why and the socket has shown its credentials
   */
  record Refused(long socket, Refusal why, @Nullable AccountId owner) implements RoomNotice {

    public Refused(long socket, Refusal why) {
      this(socket, why, null);
    }
  }

  /**
   * To an agent: this connection is a phone of yours.
   *
   * @param then told to the phone's edge by the agent's
   * @param keys the phone's, or null in a dialect without. With the epoch of an earlier notice they
   *     are the same again
   */
  record PhoneJoined(
      long socket,
      long epoch,
      String connection,
      SocketAddress phone,
      @Nullable PhoneGranted then,
      @Nullable Keys keys)
      implements RoomNotice {

    public PhoneJoined(
        long socket,
        long epoch,
        String connection,
        SocketAddress phone,
        @Nullable PhoneGranted then) {
      this(socket, epoch, connection, phone, then, null);
    }

    /**
     * Whether the phone hears of the agent before the agent hears of the phone. An agent that is
     * handed keys speaks first, and only a phone that has the agent's keys understands it
     * (TermOnMac 3.5); without keys the phone speaks first (ADR 7).
     */
    public boolean introducesAgentFirst() {
      return keys != null;
    }
  }

  /**
   * To an agent: this connection is gone.
   *
   * @param isLost whether its node is gone too, so that the agent's socket has to say so itself
   */
  record PhoneLeft(long socket, long epoch, String connection, boolean isLost, CloseCause cause)
      implements RoomNotice {}

  /**
   * To a phone: its agent is away; where there is a grace, ask the room again once it has passed.
   *
   * @param graceMillis 0 where the phone may stay as long as it likes
   * @param cause why it left, or null where that is long known
   */
  record AgentLeft(long socket, long epoch, long graceMillis, @Nullable CloseCause cause)
      implements RoomNotice {}

  /** The socket lost its slot: close it, ahead of what is queued. */
  record Close(long socket, int code, String reason, CloseCause cause) implements RoomNotice {}

  /**
   * To an agent: answer {@link relay.core.room.entity.RoomCommand.ProbeAnswered} if your peer
   * answers a ping.
   */
  record Probe(long socket, long probe) implements RoomNotice {}
}
