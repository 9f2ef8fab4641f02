package relay.core.subscription.entity;

import relay.core.wire.ClusterMessage;

/** Answers {@link SubscriptionCommand.AcquireRoom}. */
public sealed interface RoomReply extends ClusterMessage {

  /** The room belongs to the account's rooms. */
  record RoomGranted(int maxSessions) implements RoomReply {}

  /** The account has as many other rooms as its tier allows. */
  record RoomLimit(int limit, int current) implements RoomReply {}
}
