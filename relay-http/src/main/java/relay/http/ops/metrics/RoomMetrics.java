package relay.http.ops.metrics;

import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;
import relay.core.room.Dialect;
import relay.core.room.RoomKey;
import relay.core.room.entity.RoomObserver;

/** What the rooms of this node go through. */
public final class RoomMetrics implements RoomObserver {
  private final Cells<Dialect> woken;
  private final Map<Dialect, Timer> writes = new EnumMap<>(Dialect.class);
  private final Cells<Dialect> silentEdges;
  private final LongAdder pyrycodeGraceExpiries;

  public RoomMetrics(Metrics metrics) {
    woken = new Cells<>(Dialect.class, it -> metrics.counter(Metric.ROOMS_WOKEN, it.wireName()));
    silentEdges =
        new Cells<>(Dialect.class, it -> metrics.counter(Metric.EDGES_SILENT, it.wireName()));
    for (Dialect dialect : Dialect.values()) {
      writes.put(dialect, metrics.histogram(Metric.JOURNAL_WRITE, dialect.wireName()));
    }
    pyrycodeGraceExpiries = metrics.counter(Metric.GRACE_EXPIRIES);
  }

  @Override
  public void woke(RoomKey room) {
    woken.increment(room.dialect());
  }

  @Override
  public void wrote(RoomKey room, Duration took) {
    Objects.requireNonNull(writes.get(room.dialect()), "every dialect has a timer").record(took);
  }

  @Override
  public void graceExpired(RoomKey room) {
    switch (room.dialect()) {
      case PYRYCODE -> pyrycodeGraceExpiries.increment();
      case TERMONMAC -> {}
    }
  }

  @Override
  public void edgeSilent(RoomKey room) {
    silentEdges.increment(room.dialect());
  }
}
