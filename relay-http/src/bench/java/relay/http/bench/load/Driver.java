package relay.http.bench.load;

import java.io.IOException;
import java.time.Duration;

/**
 * Runs cells against one relay.
 *
 * @param pid the relay's process, or 0 where it is not known
 */
public record Driver(Endpoint endpoint, long pid, Duration warmUp, Duration measured) {
  private static final Duration SET_UP = Duration.ofSeconds(30);
  private static final Duration LAST_ARRIVALS = Duration.ofSeconds(5);

  /** Runs one cell from its first connection to its last. */
  public Outcome run(Cell cell) throws IOException {
    try (Loop loop = new Loop()) {
      Stage stage = new Stage(loop, endpoint, new Message(cell.bytes()), new Tally());
      Workload workload = cell.workload().apply(stage);
      workload.open();
      if (!loop.runUntil(workload::isOpen, SET_UP.toNanos(), _ -> Long.MAX_VALUE)) {
        throw new IOException("not every room could be set up: " + stage.tally().faults());
      }
      workload.start();
      spend(loop, warmUp, workload);
      return measure(cell, stage, workload);
    }
  }

  private Outcome measure(Cell cell, Stage stage, Workload workload) {
    Tally tally = stage.tally();
    double _ = Cpu.coresOfAll();
    Cpu before = Cpu.now(pid);
    tally.begin();
    spend(stage.loop(), measured, workload);
    tally.end();
    Cpu after = Cpu.now(pid);
    double allCores = Cpu.coresOfAll();
    workload.stop();
    stage
        .loop()
        .runUntil(() -> tally.underWay() == 0, LAST_ARRIVALS.toNanos(), _ -> Long.MAX_VALUE);
    for (long lost = tally.underWay(); lost > 0; lost--) {
      tally.fault("lost");
    }
    return outcome(cell, tally, before, after, allCores);
  }

  private static void spend(Loop loop, Duration time, Workload workload) {
    loop.runUntil(() -> false, time.toNanos(), workload::pace);
  }

  private static Outcome outcome(Cell cell, Tally tally, Cpu before, Cpu after, double allCores) {
    long count =
        switch (cell.unit()) {
          case MESSAGE -> tally.count();
          case JOIN -> tally.joins();
        };
    double seconds = after.secondsSince(before);
    boolean isRelayKnown = !Double.isNaN(after.relay());
    double relay = after.relay() - before.relay();
    double driverCores = (after.driver() - before.driver()) / seconds;
    return new Outcome(
        cell.name(),
        cell.unit(),
        count,
        count / seconds,
        isRelayKnown ? relay * 1e6 / count : null,
        tally.latency().getValueAtPercentile(50) / 1e3,
        tally.latency().getValueAtPercentile(99) / 1e3,
        driverCores,
        isRelayKnown ? Math.max(0, allCores - driverCores - relay / seconds) : null,
        tally.faults());
  }
}
