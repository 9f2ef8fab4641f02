package relay.core.room.entity;

import org.jspecify.annotations.Nullable;
import relay.core.room.CloseCause;
import relay.core.room.Refusal;
import relay.core.room.SocketAddress;

/** What a room tells one socket of an edge. Notices of one room to one edge keep their order. */
public sealed interface RoomNotice extends EdgeCommand {

  /** The number of the socket it is for; unknown numbers are ignored. */
  long socket();

  /** The socket holds the agent slot from now on; frames of other epochs are not for it. */
  record AgentGranted(long socket, long epoch, boolean tookOver) implements RoomNotice {}

  /**
   * The socket holds a phone slot.
   *
   * @param agent whom to send frames to, or null while the agent is away
   * @param graceMillis while the agent is away: how long the room still waits for it
   */
  record PhoneGranted(long socket, long epoch, @Nullable SocketAddress agent, long graceMillis)
      implements RoomNotice {}

  /** The socket gets no slot and is to be closed as its dialect says. */
  record Refused(long socket, Refusal why) implements RoomNotice {}

  /**
   * To an agent: this connection is a phone of yours.
   *
   * @param then told to the phone's edge once the agent's edge knows the phone, so that an answer
   *     to its first frame finds it
   */
  record PhoneJoined(
      long socket, long epoch, String connection, SocketAddress phone, @Nullable PhoneGranted then)
      implements RoomNotice {}

  /**
   * To an agent: this connection is gone.
   *
   * @param isLost whether its node is gone too, so that the agent's socket has to say so itself
   */
  record PhoneLeft(long socket, long epoch, String connection, boolean isLost)
      implements RoomNotice {}

  /** To a phone: its agent is away; ask the room again once the grace has passed. */
  record AgentLeft(long socket, long epoch, long graceMillis) implements RoomNotice {}

  /** The socket lost its slot: close it, ahead of what is queued. */
  record Close(long socket, int code, String reason, CloseCause cause) implements RoomNotice {}

  /**
   * To an agent: answer {@link relay.core.room.entity.RoomCommand.ProbeAnswered} if your peer
   * answers a ping.
   */
  record Probe(long socket, long probe) implements RoomNotice {}
}
