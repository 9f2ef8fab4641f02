package relay.core.subscription.entity;

import relay.core.subscription.QuotaExceeded;
import relay.core.wire.ClusterMessage;

/** Answers {@link SubscriptionCommand.UseCredits}; the report of that sequence is written. */
public sealed interface CreditReply extends ClusterMessage {

  /** The report it answers. */
  long sequence();

  /**
   * The socket may spend this much from the end of the report on, what it has spent since then
   * included. It takes the place of what was left of the lease before.
   */
  record Leased(long sequence, long credits) implements CreditReply {}

  /** The account has nothing left: the socket is to say so and close (TermOnMac 3.11). */
  record Exhausted(long sequence, QuotaExceeded quota) implements CreditReply {}

  /** So many sockets of the account spend credits that this one is not counted, nor its report. */
  record TooManySockets(long sequence) implements CreditReply {}
}
