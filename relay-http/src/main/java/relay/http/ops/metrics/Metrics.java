package relay.http.ops.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * This process's numbers, in a registry of its own. Cells are made at start and stand at 0;
 * counting in one allocates nothing.
 */
public final class Metrics implements AutoCloseable {
  /** Of {@link #scrape}'s text. */
  public static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private static final Duration[] BUCKETS =
      IntStream.of(1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000)
          .mapToObj(Duration::ofMillis)
          .toArray(Duration[]::new);

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT).throwExceptionOnRegistrationFailure();
  private final JvmGcMetrics collections = new JvmGcMetrics();

  /** The registry refers to what it reads only weakly. */
  private final List<Object> held = new ArrayList<>();

  public String scrape() {
    return registry.scrape(CONTENT_TYPE);
  }

  /** Memory, collections, threads, classes and uptime of this process. */
  public void watchProcess() {
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ClassLoaderMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
    collections.bindTo(registry);
  }

  public void watchDrain(BooleanSupplier isDraining) {
    gauge(Metric.DRAINING, () -> isDraining.getAsBoolean() ? 1 : 0);
  }

  /** Asks for an answer and counts how long it took, whatever it was. */
  public <T> CompletionStage<T> timeProbe(String name, Supplier<CompletionStage<T>> check) {
    Timer timer =
        Timer.builder(Metric.PROBE.family())
            .description(Metric.PROBE.help())
            .tags(tags(Metric.PROBE, name))
            .register(registry);
    Timer.Sample sample = Timer.start(registry);
    return check.get().whenComplete((_, _) -> sample.stop(timer));
  }

  @Override
  public void close() {
    collections.close();
    registry.close();
  }

  /** Counts how long something took, in buckets from 1 ms to 10 s. */
  Timer histogram(Metric metric, String... labels) {
    return Timer.builder(metric.family())
        .description(metric.help())
        .tags(tags(metric, labels))
        .serviceLevelObjectives(BUCKETS)
        .register(registry);
  }

  LongAdder counter(Metric metric, String... labels) {
    LongAdder cell = new LongAdder();
    held.add(cell);
    FunctionCounter.builder(metric.family(), cell, LongAdder::sum)
        .description(metric.help())
        .tags(tags(metric, labels))
        .register(registry);
    return cell;
  }

  void gauge(Metric metric, LongSupplier value, String... labels) {
    held.add(value);
    Gauge.builder(metric.family(), value, LongSupplier::getAsLong)
        .description(metric.help())
        .tags(tags(metric, labels))
        .register(registry);
  }

  static String label(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  private static List<Tag> tags(Metric metric, String... labels) {
    if (labels.length != metric.labels().size()) {
      throw new IllegalStateException(
          Arrays.toString(labels) + " for " + metric + ": expected " + metric.labels());
    }
    List<Tag> tags = new ArrayList<>();
    for (int i = 0; i < labels.length; i++) {
      tags.add(Tag.of(metric.labels().get(i), labels[i]));
    }
    return tags;
  }
}
