package relay.http.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import relay.http.bench.load.Cell;
import relay.http.bench.load.Driver;
import relay.http.bench.load.Endpoint;
import relay.http.bench.load.Soak;

/** One relay under half of the load it can bear, for a long time. */
record SoakRun(Duration total, Duration look) {
  private static final Duration WARM_UP = Duration.ofSeconds(20);
  private static final Duration MEASURED = Duration.ofSeconds(10);
  private static final int LOOKS = 30;

  static SoakRun of(Duration total) {
    return new SoakRun(total, total.dividedBy(LOOKS));
  }

  /** Whether nothing was lost, changed or out of order. */
  boolean run(Path module) throws IOException {
    try (OwnRelay relay = OwnRelay.start(module, Map.of())) {
      Endpoint endpoint = Endpoint.parse(relay.url());
      List<Long> pids = List.of(relay.pid());
      double most =
          new Driver(endpoint, endpoint, pids, WARM_UP, MEASURED)
              .run(Cell.all().getFirst())
              .perSecond();
      Cell half = Cell.soak((int) (most / 2));
      System.out.printf(Locale.ROOT, "at most %.0f per s; soaking: %s%n", most, half.name());
      Soak soak =
          new Driver(endpoint, endpoint, pids, WARM_UP, look).soak(half, LOOKS, SoakRun::print);
      System.out.printf(
          Locale.ROOT,
          "resident memory %+.1f MB/h, p99 of the last third %.2f of the first, faults %s%n",
          soak.megabytesPerHour(),
          soak.p99Drift(),
          soak.faults().isEmpty() ? "none" : soak.faults());
      return soak.faults().isEmpty();
    }
  }

  private static void print(Soak.Look at) {
    System.out.printf(
        Locale.ROOT,
        "%6d s  %9d messages  p99 %7.0f us  resident %6.1f MB%n",
        at.since().toSeconds(),
        at.count(),
        at.p99Micros(),
        at.residentBytes() / 1e6);
  }
}
