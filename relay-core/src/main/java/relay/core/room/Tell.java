package relay.core.room;

import org.jspecify.annotations.Nullable;

/** Something a room has to say to one socket. */
public sealed interface Tell {

  SocketAddress to();

  /** The agent slot is yours. */
  record AgentGranted(SocketAddress to, long epoch, boolean tookOver) implements Tell {}

  /**
   * A phone slot is yours.
   *
   * @param agent whom to send frames to, or null while it is away
   * @param graceMillis while it is away: how long the room still waits for it
   */
  record PhoneGranted(SocketAddress to, long epoch, @Nullable SocketAddress agent, long graceMillis)
      implements Tell {}

  /**
   * To an agent: this connection is a phone of yours.
   *
   * @param then what the phone is told once the agent's edge knows of it
   */
  record PhoneJoined(SocketAddress to, String connection, PhoneGranted then) implements Tell {}

  /**
   * To an agent: this connection is gone.
   *
   * @param isLost whether its node is gone too, so that nobody else tells the agent
   */
  record PhoneLeft(SocketAddress to, long epoch, String connection, boolean isLost)
      implements Tell {}

  /** To a phone: your agent is away. */
  record AgentLeft(SocketAddress to, long epoch, long graceMillis) implements Tell {}

  /** You get no slot. */
  record Refused(SocketAddress to, Refusal why) implements Tell {}

  /** You have no slot any more. */
  record Close(SocketAddress to, Farewell farewell) implements Tell {}

  /** To an agent: show that you live (pyrycode 4.4). */
  record Probe(SocketAddress to, long probe) implements Tell {}
}
