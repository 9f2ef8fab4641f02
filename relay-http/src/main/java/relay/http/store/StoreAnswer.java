package relay.http.store;

import org.jspecify.annotations.Nullable;
import relay.core.subscription.StoreOutcome;
import relay.core.subscription.entity.SubscriptionDescription;
import relay.http.store.StoreMeters.Outcome;

/** What becomes of something that is said to be signed by the store. */
sealed interface StoreAnswer {

  /** What is counted and, but for a refusal, logged of it. */
  default Outcome result() {
    return switch (this) {
      case Handled(var handled, _) ->
          switch (handled) {
            case APPLIED -> Outcome.APPLIED;
            case DUPLICATE -> Outcome.DUPLICATE;
            case STALE -> Outcome.STALE;
            case ACKNOWLEDGED -> Outcome.ACKNOWLEDGED;
            case UNKNOWN_PRODUCT -> Outcome.UNKNOWN_PRODUCT;
          };
      case Refused _ -> Outcome.REFUSED;
      case UnknownAccount _ -> Outcome.UNKNOWN_ACCOUNT;
      case OfAnotherAccount _ -> Outcome.OF_ANOTHER_ACCOUNT;
      case Unavailable _ -> Outcome.UNAVAILABLE;
    };
  }

  /**
   * It was signed by the store, and the account was told.
   *
   * @param subscription what the account has now, or null where no account is concerned
   */
  record Handled(StoreOutcome outcome, @Nullable SubscriptionDescription subscription)
      implements StoreAnswer {}

  /** It was not signed by the store for this app; the reason is for the log. */
  record Refused(String why) implements StoreAnswer {}

  /** No account has shown the purchase yet, and it does not name one. */
  record UnknownAccount() implements StoreAnswer {}

  /** The purchase belongs to another account than the one that shows it. */
  record OfAnotherAccount() implements StoreAnswer {}

  /** It cannot be decided now. */
  record Unavailable() implements StoreAnswer {}
}
