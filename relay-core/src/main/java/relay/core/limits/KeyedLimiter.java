package relay.core.limits;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * One {@link TokenBucket} for each key, for use by any thread.
 *
 * <p>Buckets that were not asked for as long as it takes to fill one are forgotten in passing. At
 * the bound on keys the bucket that was not asked for the longest goes, idle or not: whoever has
 * more keys than that has as many full buckets anyway, and nobody else must be locked out by them.
 */
public final class KeyedLimiter {
  private record Entry(TokenBucket bucket, long lastAsked) {}

  private final BucketSize size;
  private final int maxKeys;
  private final LongSupplier ticker;
  private final long idle;
  // In the order of their last use, so that idle ones are found at the front.
  private final LinkedHashMap<String, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);

  /**
   * @param ticker monotonic nanoseconds
   */
  public KeyedLimiter(BucketSize size, int maxKeys, LongSupplier ticker) {
    this.size = size;
    this.maxKeys = maxKeys;
    this.ticker = ticker;
    this.idle = size.timeToFill().toNanos();
  }

  public synchronized LimitDecision take(String key) {
    long now = ticker.getAsLong();
    forgetIdle(now);
    Entry known = entries.get(key);
    if (known == null && entries.size() >= maxKeys) {
      entries.pollFirstEntry();
    }
    TokenBucket bucket = known == null ? TokenBucket.full(size, now) : known.bucket();
    TokenBucket.Taken taken = bucket.take(now);
    entries.put(key, new Entry(taken.bucket(), now));
    return taken.decision();
  }

  /** What {@link #take} would say; charges nothing. */
  public synchronized LimitDecision look(String key) {
    Entry known = entries.get(key);
    return known == null
        ? new LimitDecision.Allowed()
        : known.bucket().take(ticker.getAsLong()).decision();
  }

  /** How many buckets are remembered. */
  public synchronized int keys() {
    return entries.size();
  }

  private void forgetIdle(long now) {
    Map.Entry<String, Entry> oldest = entries.firstEntry();
    while (oldest != null && now - oldest.getValue().lastAsked() >= idle) {
      entries.pollFirstEntry();
      oldest = entries.firstEntry();
    }
  }
}
