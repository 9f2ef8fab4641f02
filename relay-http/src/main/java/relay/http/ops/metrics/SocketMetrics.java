package relay.http.ops.metrics;

import java.util.concurrent.atomic.LongAdder;
import relay.core.room.CloseCause;
import relay.core.room.Dialect;
import relay.http.transport.SocketMeters;

/** What the sockets of one dialect move, and why they end. */
final class SocketMetrics implements SocketMeters {
  private static final String IN = "in";
  private static final String OUT = "out";

  private final LongAdder open = new LongAdder();
  private final LongAdder framesIn;
  private final LongAdder framesOut;
  private final LongAdder bytesIn;
  private final LongAdder bytesOut;
  private final LongAdder pauses;
  private final Cells<CloseCause> closed;
  private final Cells<Drop> dropped;

  SocketMetrics(Metrics metrics, Dialect dialect) {
    String name = dialect.wireName();
    metrics.gauge(Metric.SOCKETS_OPEN, open::sum, name);
    framesIn = metrics.counter(Metric.FRAMES, name, IN);
    framesOut = metrics.counter(Metric.FRAMES, name, OUT);
    bytesIn = metrics.counter(Metric.BYTES, name, IN);
    bytesOut = metrics.counter(Metric.BYTES, name, OUT);
    pauses = metrics.counter(Metric.PAUSES, name);
    closed =
        new Cells<>(
            CloseCause.class,
            cause -> metrics.counter(Metric.SOCKETS_CLOSED, name, Metrics.label(cause)));
    dropped =
        new Cells<>(
            Drop.class, why -> metrics.counter(Metric.FRAMES_DROPPED, name, Metrics.label(why)));
  }

  @Override
  public void opened() {
    open.increment();
  }

  @Override
  public void closed(CloseCause cause) {
    open.decrement();
    closed.increment(cause);
  }

  @Override
  public void received(int bytes) {
    framesIn.increment();
    bytesIn.add(bytes);
  }

  @Override
  public void sent(int messages, long bytes) {
    framesOut.add(messages);
    bytesOut.add(bytes);
  }

  @Override
  public void dropped(Drop why, int frames) {
    dropped.add(why, frames);
  }

  @Override
  public void paused() {
    pauses.increment();
  }
}
