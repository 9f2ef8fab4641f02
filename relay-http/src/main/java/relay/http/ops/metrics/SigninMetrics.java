package relay.http.ops.metrics;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;
import relay.http.signin.SigninMeters;

/** People who sign in, by provider: those that are configured, and one for every other name. */
public final class SigninMetrics implements SigninMeters {
  private static final String UNKNOWN = "unknown";

  private final Map<String, Counts> counts = new LinkedHashMap<>();
  private final Counts unknown;

  private record Counts(LongAdder started, LongAdder succeeded, Cells<Failure> failed) {
    static Counts of(Metrics metrics, String provider) {
      return new Counts(
          metrics.counter(Metric.SIGNINS_STARTED, provider),
          metrics.counter(Metric.SIGNINS_SUCCEEDED, provider),
          new Cells<>(
              Failure.class,
              why -> metrics.counter(Metric.SIGNINS_FAILED, provider, Metrics.label(why))));
    }
  }

  public SigninMetrics(Metrics metrics, Collection<String> providers) {
    unknown = Counts.of(metrics, UNKNOWN);
    counts.put(UNKNOWN, unknown);
    for (String provider : providers) {
      counts.computeIfAbsent(provider, it -> Counts.of(metrics, it));
    }
  }

  @Override
  public void started(String provider) {
    of(provider).started.increment();
  }

  @Override
  public void succeeded(String provider) {
    of(provider).succeeded.increment();
  }

  @Override
  public void failed(String provider, Failure why) {
    of(provider).failed.increment(why);
  }

  private Counts of(String provider) {
    return Objects.requireNonNullElse(counts.get(provider), unknown);
  }
}
