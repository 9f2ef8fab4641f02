package relay.core.subscription.entity;

/** What a subscription's timers and its shard tell it; it never crosses nodes. */
sealed interface SubscriptionSignal extends SubscriptionCommand {

  /** What was spent since the last write is to be written now. */
  record WriteDue() implements SubscriptionSignal {}

  /** No command has come for a while. */
  record Idle() implements SubscriptionSignal {}

  /** The shard agrees, or moves: write what is not written and end. */
  record Stop() implements SubscriptionSignal {}
}
