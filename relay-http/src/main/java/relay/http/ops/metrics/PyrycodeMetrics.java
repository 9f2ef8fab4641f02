package relay.http.ops.metrics;

import java.util.EnumMap;
import java.util.Map;
import relay.core.room.Dialect;
import relay.core.room.Role;
import relay.http.socket.pyrycode.ConnectedSockets;
import relay.http.socket.pyrycode.PyrycodeMeters;

/** The families of pyrycode 8.7, which count this node. */
public final class PyrycodeMetrics implements PyrycodeMeters {
  private final Map<Endpoint, Cells<Outcome>> upgrades = new EnumMap<>(Endpoint.class);
  private final Cells<RegisterFailure> failures;
  private final Cells<Direction> frames;

  public PyrycodeMetrics(Metrics metrics, ConnectedSockets connected) {
    metrics.gauge(Metric.CONNECTED_BINARIES, connected::binaries);
    metrics.gauge(Metric.CONNECTED_PHONES, connected::phones);
    String dialect = Dialect.PYRYCODE.wireName();
    metrics.gauge(Metric.SOCKETS, connected::binaries, dialect, Metrics.label(Role.AGENT));
    metrics.gauge(Metric.SOCKETS, connected::phones, dialect, Metrics.label(Role.PHONE));
    for (Endpoint endpoint : Endpoint.values()) {
      upgrades.put(
          endpoint,
          new Cells<>(
              Outcome.class,
              outcome ->
                  metrics.counter(Metric.UPGRADE_ATTEMPTS, endpoint.label(), outcome.label())));
    }
    failures =
        new Cells<>(
            RegisterFailure.class, kind -> metrics.counter(Metric.REGISTER_FAILURES, kind.label()));
    frames =
        new Cells<>(Direction.class, way -> metrics.counter(Metric.FRAMES_FORWARDED, way.label()));
  }

  @Override
  public void upgradeDecided(Endpoint endpoint, Outcome outcome) {
    Cells<Outcome> cells = upgrades.get(endpoint);
    if (cells == null) {
      throw new IllegalStateException(endpoint + " has no cells: expected some for every value");
    }
    cells.increment(outcome);
  }

  @Override
  public void registerFailed(RegisterFailure kind) {
    failures.increment(kind);
  }

  @Override
  public void framesForwarded(Direction direction, int count) {
    frames.add(direction, count);
  }
}
