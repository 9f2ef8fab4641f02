package relay.core.limits;

import java.time.Duration;

/** How many tokens a bucket holds, and how long it takes to get one more. */
public record BucketSize(int capacity, Duration refillInterval) {
  public BucketSize {
    if (capacity < 1) {
      throw new IllegalArgumentException(capacity + " is not a capacity: it must be at least 1");
    }
    if (!refillInterval.isPositive()) {
      throw new IllegalArgumentException(
          refillInterval + " is not a refill interval: it must be longer than zero");
    }
  }

  /** After so long without a call a bucket is full, and the same as a new one. */
  Duration timeToFill() {
    return refillInterval.multipliedBy(capacity);
  }
}
