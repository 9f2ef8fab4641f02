package relay.http.bench.load;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one cell gave.
 *
 * @param cpuSecondsPerMillion of the relay; null where its process is not known
 * @param driverCores what the driver itself used; near 1 it is the limit, not the relay
 * @param otherCores what neither relay nor driver used; null where that cannot be told
 * @param faults what was lost, out of order or changed; empty in a run that counts
 */
public record Outcome(
    String name,
    Cell.Unit unit,
    long count,
    double perSecond,
    @Nullable Double cpuSecondsPerMillion,
    double p50Micros,
    double p99Micros,
    double driverCores,
    @Nullable Double otherCores,
    Map<String, Long> faults) {}
