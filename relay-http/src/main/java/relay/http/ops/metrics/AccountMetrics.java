package relay.http.ops.metrics;

import java.util.concurrent.atomic.LongAdder;
import relay.core.account.entity.AccountObserver;

/** What the accounts of this node go through. */
public final class AccountMetrics implements AccountObserver {
  private final LongAdder woken;
  private final LongAdder reused;
  private final LongAdder erased;

  public AccountMetrics(Metrics metrics) {
    woken = metrics.counter(Metric.ACCOUNTS_WOKEN);
    reused = metrics.counter(Metric.TOKENS_REUSED);
    erased = metrics.counter(Metric.ACCOUNTS_ERASED);
  }

  @Override
  public void woke() {
    woken.increment();
  }

  @Override
  public void tokenReused() {
    reused.increment();
  }

  @Override
  public void erased() {
    erased.increment();
  }
}
