package relay.core.subscription.entity;

import relay.core.subscription.StoreOutcome;
import relay.core.wire.ClusterMessage;

/** What became of something the store has said, and what the account has now. */
public record StoreReply(StoreOutcome outcome, SubscriptionDescription subscription)
    implements ClusterMessage {}
