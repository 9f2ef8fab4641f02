package relay.http.throttle;

import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import relay.core.limits.BucketSize;
import relay.core.limits.KeyedLimiter;
import relay.http.access.IpAddress;

/**
 * How often one address may ask this node for an upgrade (pyrycode 6.1). Every request is charged,
 * whatever becomes of it.
 */
public final class UpgradeThrottle {
  private static final int MAX_ADDRESSES = 200_000;

  private final Predicate<Optional<IpAddress>> allows;

  private UpgradeThrottle(Predicate<Optional<IpAddress>> allows) {
    this.allows = allows;
  }

  /** Whoever has no address is denied, and charges nobody. */
  public static UpgradeThrottle of(BucketSize size, LongSupplier ticker) {
    KeyedLimiter limiter = new KeyedLimiter(size, MAX_ADDRESSES, ticker);
    return new UpgradeThrottle(
        client -> client.map(it -> limiter.take(it.toString()).isAllowed()).orElse(false));
  }

  /** Everybody may ask at any time. */
  public static UpgradeThrottle off() {
    return new UpgradeThrottle(_ -> true);
  }

  public boolean allows(Optional<IpAddress> client) {
    return allows.test(client);
  }
}
