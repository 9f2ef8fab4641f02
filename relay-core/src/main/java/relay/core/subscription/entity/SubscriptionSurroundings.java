package relay.core.subscription.entity;

import java.time.Duration;
import java.time.InstantSource;
import relay.core.account.entity.AccountAnnouncer;
import relay.core.subscription.SubscriptionPolicy;

/**
 * What all subscriptions of a node share.
 *
 * @param minWriteInterval between two writes of what one account's sockets have spent, however many
 *     they are; the answers wait for it
 * @param passivateAfter how long a subscription without commands stays in memory
 */
public record SubscriptionSurroundings(
    SubscriptionPolicy policy,
    InstantSource clock,
    AccountAnnouncer announcer,
    Duration minWriteInterval,
    Duration passivateAfter) {
  private static final Duration MIN_WRITE_INTERVAL = Duration.ofMillis(500);

  /** The surroundings of a node in service. */
  public static SubscriptionSurroundings of(
      SubscriptionPolicy policy,
      InstantSource clock,
      AccountAnnouncer announcer,
      Duration passivateAfter) {
    return new SubscriptionSurroundings(
        policy, clock, announcer, MIN_WRITE_INTERVAL, passivateAfter);
  }
}
