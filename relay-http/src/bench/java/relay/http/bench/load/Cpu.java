package relay.http.bench.load;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;

/** Seconds of processor time that the relay, the driver and the whole machine have used. */
record Cpu(double relay, double driver, long at) {
  private static final double NANOS = 1e9;

  /**
   * @param relay its processes, none where they are not known
   */
  static Cpu now(List<Long> relay) {
    return new Cpu(
        relay.isEmpty() ? Double.NaN : relay.stream().mapToDouble(Cpu::seconds).sum(),
        seconds(ProcessHandle.current().pid()),
        System.nanoTime());
  }

  double secondsSince(Cpu before) {
    return (at - before.at) / NANOS;
  }

  /** Cores used by all processes since this was asked last. */
  static double coresOfAll() {
    var system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    return system.getCpuLoad() * system.getAvailableProcessors();
  }

  private static double seconds(long pid) {
    return ProcessHandle.of(pid)
            .flatMap(it -> it.info().totalCpuDuration())
            .map(Duration::toNanos)
            .orElseThrow(() -> new IllegalArgumentException("no process " + pid))
        / NANOS;
  }
}
