package relay.core.room;

import org.jspecify.annotations.Nullable;
import relay.core.account.AccountId;
import relay.core.protocol.Keys;

/** Something a room has to say to one socket. */
public sealed interface Tell {

  SocketAddress to();

  /** The agent slot is yours. */
  record AgentGranted(SocketAddress to, long epoch, boolean tookOver) implements Tell {}

  /**
   * A phone slot is yours.
   *
   * @param agent whom to send frames to, or null while it is away
   * @param graceMillis while the agent is away: how long the room still waits for it
   * @param keys the agent's, or null while it is away and in a dialect without
   */
  record PhoneGranted(
      SocketAddress to,
      long epoch,
      @Nullable SocketAddress agent,
      long graceMillis,
      @Nullable Keys keys)
      implements Tell {

    public PhoneGranted(
        SocketAddress to, long epoch, @Nullable SocketAddress agent, long graceMillis) {
      this(to, epoch, agent, graceMillis, null);
    }
  }

  /**
   * To an agent: this connection is a phone of yours.
   *
   * @param then what the phone is told by way of the agent's edge
   * @param keys the phone's, or null in a dialect without
   */
  record PhoneJoined(SocketAddress to, String connection, PhoneGranted then, @Nullable Keys keys)
      implements Tell {

    public PhoneJoined(SocketAddress to, String connection, PhoneGranted then) {
      this(to, connection, then, null);
    }
  }

  /**
   * To an agent: this connection is gone.
   *
   * @param isLost whether its node is gone too, so that nobody else tells the agent
   */
  record PhoneLeft(
      SocketAddress to, long epoch, String connection, boolean isLost, CloseCause cause)
      implements Tell {}

  /**
   * To a phone: your agent is away.
   *
   * @param graceMillis how long the room waits for it before it closes the phone; 0 where the phone
   *     may stay
   * @param cause why it left, or null where that is long known
   */
  record AgentLeft(SocketAddress to, long epoch, long graceMillis, @Nullable CloseCause cause)
      implements Tell {}

  /**
   * You get no slot.
   *
   * @param owner whose the room is, where that is why and the socket has shown its credentials
   */
  record Refused(SocketAddress to, Refusal why, @Nullable AccountId owner) implements Tell {

    public Refused(SocketAddress to, Refusal why) {
      this(to, why, null);
    }
  }

  /** You have no slot any more. */
  record Close(SocketAddress to, Farewell farewell) implements Tell {}

  /** To an agent: show that you live (pyrycode 4.4). */
  record Probe(SocketAddress to, long probe) implements Tell {}
}
