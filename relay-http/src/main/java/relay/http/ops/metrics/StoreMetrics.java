package relay.http.ops.metrics;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import relay.http.store.StoreMeters;

/** What this node was told of purchases; made only where something is sold. */
public final class StoreMetrics implements StoreMeters {
  private final Map<Notice, Cells<Outcome>> told = new EnumMap<>(Notice.class);

  public StoreMetrics(Metrics metrics) {
    for (Notice notice : Notice.values()) {
      String type = Metrics.label(notice);
      told.put(
          notice,
          new Cells<>(
              Outcome.class,
              outcome -> metrics.counter(Metric.STORE_TOLD, type, Metrics.label(outcome))));
    }
  }

  @Override
  public void told(Notice notice, Outcome outcome) {
    Objects.requireNonNull(told.get(notice), "every notice has its cells").increment(outcome);
  }
}
