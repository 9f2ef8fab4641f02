package relay.core.subscription;

/** What became of something the store has said. */
public enum StoreOutcome {
  /** It counts from now on. */
  APPLIED,
  /** This notification has been handled before. */
  DUPLICATE,
  /** The store has said something newer before, which stands. */
  STALE,
  /** It is of a kind that changes nothing. */
  ACKNOWLEDGED,
  /** The product belongs to no tier, so nothing is kept; it may be said again. */
  UNKNOWN_PRODUCT
}
