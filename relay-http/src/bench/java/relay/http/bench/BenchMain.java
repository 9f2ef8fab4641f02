package relay.http.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.runner.RunnerException;
import relay.http.bench.load.Cell;
import relay.http.bench.load.Driver;
import relay.http.bench.load.Endpoint;
import relay.http.bench.load.Outcome;

/** Measures a relay, its own or the one at {@code bench.url}, prints a table and writes JSON. */
public final class BenchMain {
  private static final int FIRST_WARM_UPS = 3;

  private BenchMain() {}

  /** Takes the directory of relay-http; everything else comes as system properties. */
  public static void main(String[] arguments) throws IOException, RunnerException {
    Path module = Path.of(arguments[0]);
    String url = System.getProperty("bench.url", "");
    Report report = url.isEmpty() ? ofOwnRelay(module) : of(url, Long.getLong("bench.pid", 0));
    System.out.println(report.table());
    report.write(module.resolve("target/bench.json"));
    System.exit(report.isFaultless() ? 0 : 1);
  }

  private static Report ofOwnRelay(Path module) throws IOException, RunnerException {
    List<Outcome> load;
    try (OwnRelay relay = OwnRelay.start(module)) {
      load = load(relay.url(), relay.pid());
    }
    List<MicroOutcome> micro =
        Boolean.parseBoolean(System.getProperty("bench.micro", "true"))
            ? Micro.run(module, OwnRelay.flags(module))
            : List.of();
    return new Report("this relay", Report.Machine.current(), load, micro);
  }

  private static Report of(String url, long pid) throws IOException {
    return new Report(url, Report.Machine.current(), load(url, pid), List.of());
  }

  private static List<Outcome> load(String url, long pid) throws IOException {
    Endpoint endpoint = Endpoint.parse(url);
    Duration measured = Duration.ofSeconds(Long.getLong("bench.seconds", 10));
    Duration warmUp = measured.dividedBy(2);
    List<Outcome> outcomes = new ArrayList<>();
    for (Cell cell : Cell.all()) {
      Duration warm = outcomes.isEmpty() ? warmUp.multipliedBy(FIRST_WARM_UPS) : warmUp;
      System.out.println("measuring: " + cell.name());
      outcomes.add(new Driver(endpoint, pid, warm, measured).run(cell));
    }
    return outcomes;
  }
}
