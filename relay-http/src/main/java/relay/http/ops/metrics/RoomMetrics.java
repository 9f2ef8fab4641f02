package relay.http.ops.metrics;

import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;
import relay.core.room.Dialect;
import relay.core.room.Refusal;
import relay.core.room.RoomKey;
import relay.core.room.entity.RoomObserver;

/** What the rooms of this node go through. */
public final class RoomMetrics implements RoomObserver {
  private final Cells<Dialect> woken;
  private final Map<Dialect, Timer> writes = new EnumMap<>(Dialect.class);
  private final Map<Dialect, Cells<Refusal>> refusals = new EnumMap<>(Dialect.class);
  private final Cells<Dialect> silentEdges;
  private final LongAdder pyrycodeGraceExpiries;

  public RoomMetrics(Metrics metrics) {
    woken = new Cells<>(Dialect.class, it -> metrics.counter(Metric.ROOMS_WOKEN, it.wireName()));
    silentEdges =
        new Cells<>(Dialect.class, it -> metrics.counter(Metric.EDGES_SILENT, it.wireName()));
    for (Dialect dialect : Dialect.values()) {
      String name = dialect.wireName();
      writes.put(dialect, metrics.histogram(Metric.JOURNAL_WRITE, name));
      refusals.put(
          dialect,
          new Cells<>(
              Refusal.class,
              why -> metrics.counter(Metric.ROOM_REFUSALS, name, Metrics.label(why))));
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
  public void refused(RoomKey room, Refusal why) {
    Objects.requireNonNull(refusals.get(room.dialect()), "every dialect has its cells")
        .increment(why);
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
