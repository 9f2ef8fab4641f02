package relay.core.limits;

import java.util.EnumMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Counts on this node what each {@link Limit} allows each of its keys; for use by any thread. */
public final class RateLimits {
  /** Of each limit. Past it whoever was not seen the longest counts as new. */
  static final int MAX_KEYS = 100_000;

  private static final LimitDecision ALLOWED = new LimitDecision.Allowed();

  private final Map<Limit, KeyedLimiter> limiters = new EnumMap<>(Limit.class);

  /**
   * @param sizes a limit that is absent is off
   * @param ticker monotonic nanoseconds
   */
  public RateLimits(Map<Limit, BucketSize> sizes, LongSupplier ticker) {
    sizes.forEach((limit, size) -> limiters.put(limit, new KeyedLimiter(size, MAX_KEYS, ticker)));
  }

  /** Charges one, if that is allowed. */
  public LimitDecision take(Limit limit, String key) {
    KeyedLimiter limiter = limiter(limit);
    return limiter == null ? ALLOWED : limiter.take(key);
  }

  /**
   * What {@link #take} would say; charges nothing, for limits that only failures are charged to.
   */
  public LimitDecision look(Limit limit, String key) {
    KeyedLimiter limiter = limiter(limit);
    return limiter == null ? ALLOWED : limiter.look(key);
  }

  private @Nullable KeyedLimiter limiter(Limit limit) {
    return limiters.get(limit);
  }
}
