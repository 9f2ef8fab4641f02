package relay.http.probe;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a probe found, step by step; nothing in it is secret. */
public record ProbeReport(URI url, List<Step> steps, Optional<RoundTrips> roundTrips) {

  /** One thing that was tried; without failure it succeeded. */
  public record Step(String name, Duration took, Optional<String> failure) {
    boolean passed() {
      return failure.isEmpty();
    }

    private String line() {
      return "%-4s  %-34s %10s%s"
          .formatted(
              passed() ? "ok" : "FAIL",
              name,
              milliseconds(took),
              failure.map(why -> "  " + why).orElse(""));
    }
  }

  /** From the phone's question to the binary's answer in the phone's hands. */
  public record RoundTrips(int count, Duration min, Duration median, Duration max) {
    static RoundTrips of(List<Duration> durations) {
      List<Duration> sorted = durations.stream().sorted().toList();
      return new RoundTrips(
          sorted.size(), sorted.getFirst(), sorted.get(sorted.size() / 2), sorted.getLast());
    }

    private String line() {
      return "%d round trips: min %s, median %s, max %s"
          .formatted(count, milliseconds(min), milliseconds(median), milliseconds(max));
    }
  }

  public ProbeReport {
    steps = List.copyOf(steps);
  }

  /** Every step succeeded. */
  public boolean passed() {
    return steps.stream().allMatch(Step::passed);
  }

  /** The report for a terminal. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add("probing " + url);
    steps.stream().map(Step::line).forEach(lines::add);
    roundTrips.map(RoundTrips::line).ifPresent(lines::add);
    lines.add(passed() ? "passed" : "failed");
    return List.copyOf(lines);
  }

  private static String milliseconds(Duration duration) {
    return String.format(Locale.ROOT, "%.2f ms", duration.toNanos() / 1e6);
  }
}
