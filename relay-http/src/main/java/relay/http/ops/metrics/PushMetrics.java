package relay.http.ops.metrics;

import relay.http.push.PushMeters;
import relay.http.push.PushOutcome;

/** Outcomes of wakes (pyrycode 8.7); made only where push is on, or the family must be absent. */
public final class PushMetrics implements PushMeters {
  private final Cells<PushOutcome> outcomes;

  public PushMetrics(Metrics metrics) {
    outcomes =
        new Cells<>(
            PushOutcome.class, outcome -> metrics.counter(Metric.PUSH_WAKES, outcome.wireName()));
  }

  @Override
  public void count(PushOutcome outcome) {
    outcomes.increment(outcome);
  }
}
