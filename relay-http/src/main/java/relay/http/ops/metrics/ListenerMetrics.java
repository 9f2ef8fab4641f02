package relay.http.ops.metrics;

import java.util.concurrent.atomic.LongAdder;
import relay.http.transport.ListenerMeters;

/** Connections of the public listener, before they are anything else. */
public final class ListenerMetrics implements ListenerMeters {
  private final LongAdder open = new LongAdder();
  private final LongAdder accepted;
  private final Cells<Reason> refused;

  public ListenerMetrics(Metrics metrics) {
    metrics.gauge(Metric.CONNECTIONS, open::sum);
    accepted = metrics.counter(Metric.CONNECTIONS_ACCEPTED);
    refused =
        new Cells<>(
            Reason.class,
            reason -> metrics.counter(Metric.CONNECTIONS_REFUSED, Metrics.label(reason)));
  }

  @Override
  public void opened() {
    open.increment();
    accepted.increment();
  }

  @Override
  public void closed() {
    open.decrement();
  }

  @Override
  public void refused(Reason reason) {
    refused.increment(reason);
  }
}
