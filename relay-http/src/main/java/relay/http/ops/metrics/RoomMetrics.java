package relay.http.ops.metrics;

import java.util.concurrent.atomic.LongAdder;
import relay.core.room.Dialect;
import relay.core.room.RoomKey;
import relay.core.room.entity.RoomObserver;

/** What the rooms of this node go through. */
public final class RoomMetrics implements RoomObserver {
  private final Cells<Dialect> woken;
  private final Cells<Dialect> silentEdges;
  private final LongAdder pyrycodeGraceExpiries;

  public RoomMetrics(Metrics metrics) {
    woken = new Cells<>(Dialect.class, it -> metrics.counter(Metric.ROOMS_WOKEN, it.wireName()));
    silentEdges =
        new Cells<>(Dialect.class, it -> metrics.counter(Metric.EDGES_SILENT, it.wireName()));
    pyrycodeGraceExpiries = metrics.counter(Metric.GRACE_EXPIRIES);
  }

  @Override
  public void woke(RoomKey room) {
    woken.increment(room.dialect());
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
