package relay.http.bench.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** What a long run gave: whether memory or latency creep, and what was lost. */
public record Soak(List<Look> looks, Map<String, Long> faults) {
  private static final double MILLION = 1e6;

  /**
   * One look at it.
   *
   * @param since the beginning
   * @param residentBytes of the relay's processes, 0 where they are not known
   */
  public record Look(Duration since, long count, double p99Micros, long residentBytes) {
    static Look at(Duration since, Tally tally, List<Long> pids) {
      long resident = pids.stream().mapToLong(Look::residentBytes).sum();
      return new Look(
          since, tally.count(), tally.latency().getValueAtPercentile(99) / 1e3, resident);
    }

    private static long residentBytes(long pid) {
      try {
        return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
            .filter(line -> line.startsWith("VmRSS:"))
            .mapToLong(line -> 1024 * Long.parseLong(line.replaceAll("\\D", "")))
            .sum();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** By how many megabytes resident memory grows in an hour: the line of least squares. */
  public double megabytesPerHour() {
    double meanHours = looks.stream().mapToDouble(Soak::hours).average().orElse(0);
    double meanBytes = looks.stream().mapToDouble(Look::residentBytes).average().orElse(0);
    double above = 0;
    double below = 0;
    for (Look look : looks) {
      double away = hours(look) - meanHours;
      above += away * (look.residentBytes - meanBytes);
      below += away * away;
    }
    return below == 0 ? 0 : above / below / MILLION;
  }

  /** The mean p99 of the last third over that of the first. */
  public double p99Drift() {
    int third = Math.max(1, looks.size() / 3);
    return meanP99(looks.subList(looks.size() - third, looks.size()))
        / meanP99(looks.subList(0, third));
  }

  private static double meanP99(List<Look> some) {
    return some.stream().mapToDouble(Look::p99Micros).average().orElse(0);
  }

  private static double hours(Look look) {
    return look.since.toMillis() / (double) Duration.ofHours(1).toMillis();
  }
}
