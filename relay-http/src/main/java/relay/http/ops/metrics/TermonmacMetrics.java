package relay.http.ops.metrics;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;
import relay.core.protocol.termonmac.ErrorCode;
import relay.core.room.Dialect;
import relay.core.room.Role;
import relay.http.socket.termonmac.TermonmacMeters;

/** What the TermOnMac edge of this node counts. */
public final class TermonmacMetrics implements TermonmacMeters {
  private final Cells<Outcome> upgrades;
  private final Cells<ErrorCode> errors;
  private final Cells<Exhaustion> exhaustions;
  private final Cells<Direction> frames;
  private final Map<Role, LongAdder> seated = new EnumMap<>(Role.class);

  public TermonmacMetrics(Metrics metrics) {
    upgrades = cells(Outcome.class, metrics, Metric.TERMONMAC_UPGRADES);
    errors = cells(ErrorCode.class, metrics, Metric.TERMONMAC_ERRORS);
    exhaustions = cells(Exhaustion.class, metrics, Metric.TERMONMAC_QUOTA_EXCEEDED);
    frames = cells(Direction.class, metrics, Metric.TERMONMAC_FRAMES);
    for (Role role : Role.values()) {
      LongAdder count = new LongAdder();
      seated.put(role, count);
      metrics.gauge(Metric.SOCKETS, count::sum, Dialect.TERMONMAC.wireName(), Metrics.label(role));
    }
  }

  private static <E extends Enum<E>> Cells<E> cells(
      Class<E> values, Metrics metrics, Metric family) {
    return new Cells<>(values, value -> metrics.counter(family, Metrics.label(value)));
  }

  @Override
  public void upgradeDecided(Outcome outcome) {
    upgrades.increment(outcome);
  }

  @Override
  public void errorSaid(ErrorCode code) {
    errors.increment(code);
  }

  @Override
  public void creditsExhausted(Exhaustion when) {
    exhaustions.increment(when);
  }

  @Override
  public void framesForwarded(Direction direction, int count) {
    frames.add(direction, count);
  }

  @Override
  public void seated(Role role) {
    count(role).increment();
  }

  @Override
  public void unseated(Role role) {
    count(role).decrement();
  }

  private LongAdder count(Role role) {
    return Objects.requireNonNull(seated.get(role), "every role has a count");
  }
}
