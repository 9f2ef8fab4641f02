package relay.core.limits;

import java.time.Duration;

/**
 * A bucket of tokens that refills one token each interval (pyrycode 6.1). Times are monotonic
 * nanoseconds.
 *
 * @param credited until when elapsed intervals have been turned into tokens
 */
public record TokenBucket(BucketSize size, int tokens, long credited) {

  /** A decision, and the bucket to ask next time. */
  public record Taken(TokenBucket bucket, LimitDecision decision) {}

  public static TokenBucket full(BucketSize size, long now) {
    return new TokenBucket(size, size.capacity(), now);
  }

  /** Takes one token if there is one; a denial costs nothing. */
  public Taken take(long now) {
    TokenBucket bucket = refilled(now);
    if (bucket.tokens > 0) {
      return new Taken(
          new TokenBucket(size, bucket.tokens - 1, bucket.credited), new LimitDecision.Allowed());
    }
    long wait = bucket.credited + interval() - now;
    return new Taken(bucket, new LimitDecision.Denied(Duration.ofNanos(wait)));
  }

  /** Only whole intervals are credited, so that a started one counts next time. */
  private TokenBucket refilled(long now) {
    long intervals = (now - credited) / interval();
    if (intervals <= 0) {
      return this;
    }
    int filled = (int) Math.min(size.capacity(), tokens + intervals);
    return new TokenBucket(size, filled, credited + intervals * interval());
  }

  private long interval() {
    return size.refillInterval().toNanos();
  }
}
