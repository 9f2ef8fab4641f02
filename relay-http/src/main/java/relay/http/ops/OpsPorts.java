package relay.http.ops;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import relay.core.health.ReadinessProbe;
import relay.http.ops.metrics.Metrics;

/**
 * What the ops API needs of its node.
 *
 * @param leave drains over that time, then leaves the cluster and ends the process
 */
public record OpsPorts(
    RoomCatalogue rooms,
    OpsAccounts accounts,
    Metrics metrics,
    Drain drain,
    List<ReadinessProbe> probes,
    Consumer<Duration> leave) {
  public OpsPorts {
    probes = List.copyOf(probes);
  }
}
