package relay.http.transport;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Keeps a warning that may have reason to come often from filling the log. Times are those of event
 * loops' tickers, in nanoseconds; from any thread.
 */
final class WarningPace {
  private final long interval;
  private final AtomicLong due = new AtomicLong(Long.MIN_VALUE);

  WarningPace(Duration interval) {
    this.interval = interval.toNanos();
  }

  /** Whether to warn now; then it is taken to be done. */
  boolean mayWarn(long now) {
    long next = due.get();
    return now >= next && due.compareAndSet(next, now + interval);
  }
}
