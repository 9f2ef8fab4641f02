package relay.core.subscription;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What an account has spent and has left at one moment.
 *
 * @param window the one under way
 * @param limit credits of a window; 0 or less is no limit
 * @param bonus null where none was ever granted
 */
public record Balance(UsageWindow window, long limit, @Nullable Bonus bonus) {

  /**
   * The welcome bonus; it is spent first (TermOnMac 6.4).
   *
   * @param isActive whether some of it is left and it has not expired
   */
  public record Bonus(long limit, long used, Instant expiresAt, boolean isActive) {
    public long remaining() {
      return limit - used;
    }
  }

  public boolean isUnlimited() {
    return limit <= 0;
  }

  /** Credits of the window that are left, never below 0; of no meaning without a limit. */
  public long remaining() {
    return Math.max(0, limit - window.spent().total());
  }

  /** Credits that may be spent now, the bonus included. */
  public long available() {
    if (isUnlimited()) {
      return Long.MAX_VALUE;
    }
    return remaining() + (bonus != null && bonus.isActive() ? bonus.remaining() : 0);
  }

  /** Whether nothing may be relayed any more until the window ends (TermOnMac 6.6). */
  public boolean isExhausted() {
    return available() == 0;
  }

  /** What the account's sockets are told once it is exhausted. */
  public QuotaExceeded quotaExceeded() {
    return new QuotaExceeded(
        window.spent().total(), limit, window.period(), window.endsAt(), bonus);
  }
}
