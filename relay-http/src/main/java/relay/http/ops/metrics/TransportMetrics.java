package relay.http.ops.metrics;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;
import relay.core.room.Dialect;
import relay.http.transport.SocketMeters;
import relay.http.transport.TransportMeters;

/** What a node's sockets move, by dialect, and what its links lose. */
public final class TransportMetrics implements TransportMeters {
  private final Map<Dialect, SocketMeters> sockets = new EnumMap<>(Dialect.class);
  private final LongAdder strayed;
  private final LongAdder linksBroken;

  public TransportMetrics(Metrics metrics) {
    for (Dialect dialect : Dialect.values()) {
      sockets.put(dialect, new SocketMetrics(metrics, dialect));
    }
    strayed = metrics.counter(Metric.FRAMES_STRAYED);
    linksBroken = metrics.counter(Metric.LINKS_BROKEN);
  }

  @Override
  public SocketMeters of(Dialect dialect) {
    return Objects.requireNonNull(sockets.get(dialect), "every dialect has its cells");
  }

  @Override
  public void strayed(int frames) {
    strayed.add(frames);
  }

  @Override
  public void linkBroken() {
    linksBroken.increment();
  }
}
