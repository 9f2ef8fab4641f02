package relay.http.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.openjdk.jmh.runner.RunnerException;
import relay.http.bench.load.Cell;
import relay.http.bench.load.Driver;
import relay.http.bench.load.Endpoint;
import relay.http.bench.load.Outcome;

/** Measures a relay, its own or the one at {@code bench.url}, prints a table and writes JSON. */
public final class BenchMain {
  private static final int FIRST_WARM_UPS = 3;

  /** So little that phones which do not read fill their queues while they are watched. */
  private static final Map<String, String> SMALL_QUEUES =
      Map.of("RELAY_PYRYCODE_OUTBOX_BYTES", "256 KiB");

  private BenchMain() {}

  /** Takes the directory of relay-http; everything else comes as system properties. */
  public static void main(String[] arguments) throws IOException, RunnerException {
    Path module = Path.of(arguments[0]);
    String soak = System.getProperty("bench.soak", "");
    if (!soak.isEmpty()) {
      System.exit(SoakRun.of(Duration.parse("PT" + soak)).run(module) ? 0 : 1);
    }
    String url = System.getProperty("bench.url", "");
    Report report = url.isEmpty() ? ofOwnRelay(module) : of(url);
    System.out.println(report.table());
    report.write(module.resolve("target/bench.json"));
    System.exit(report.isFaultless() ? 0 : 1);
  }

  private static Report ofOwnRelay(Path module) throws IOException, RunnerException {
    boolean isStress = Boolean.getBoolean("bench.stress");
    List<Outcome> load;
    try (OwnRelay relay = OwnRelay.start(module, isStress ? SMALL_QUEUES : Map.of())) {
      Endpoint endpoint = Endpoint.parse(relay.url());
      load = load(endpoint, endpoint, List.of(relay.pid()));
    }
    List<MicroOutcome> micro =
        Boolean.parseBoolean(System.getProperty("bench.micro", "true")) && !isStress
            ? Micro.run(module, OwnRelay.flags(module))
            : List.of();
    return new Report("this relay", Report.Machine.current(), load, micro);
  }

  private static Report of(String url) throws IOException {
    String phones = System.getProperty("bench.phones.url", "");
    List<Outcome> load =
        load(Endpoint.parse(url), Endpoint.parse(phones.isEmpty() ? url : phones), pids());
    return new Report(url, Report.Machine.current(), load, List.of());
  }

  private static List<Long> pids() {
    return Stream.of(System.getProperty("bench.pid", "").split(","))
        .filter(it -> !it.isBlank() && !it.equals("0"))
        .map(Long::valueOf)
        .toList();
  }

  private static List<Outcome> load(Endpoint agents, Endpoint phones, List<Long> pids)
      throws IOException {
    Duration measured = Duration.ofSeconds(Long.getLong("bench.seconds", 10));
    Duration warmUp = measured.dividedBy(2);
    List<Outcome> outcomes = new ArrayList<>();
    for (Cell cell : cells()) {
      Duration warm = outcomes.isEmpty() ? warmUp.multipliedBy(FIRST_WARM_UPS) : warmUp;
      System.out.println("measuring: " + cell.name());
      outcomes.add(new Driver(agents, phones, pids, warm, measured).run(cell));
    }
    return outcomes;
  }

  private static List<Cell> cells() {
    String only = System.getProperty("bench.only", "");
    List<Cell> cells = Boolean.getBoolean("bench.stress") ? Cell.stress() : Cell.all();
    return cells.stream().filter(cell -> cell.name().contains(only)).toList();
  }
}
