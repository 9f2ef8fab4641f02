package relay.http.bench.load;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Runs cells against one relay.
 *
 * @param agents where they connect, and {@code phones} likewise
 * @param pids the relay's processes, none where they are not known
 */
public record Driver(
    Endpoint agents, Endpoint phones, List<Long> pids, Duration warmUp, Duration measured) {
  private static final Duration SET_UP = Duration.ofSeconds(30);
  private static final Duration LAST_ARRIVALS = Duration.ofSeconds(5);

  /** Runs one cell from its first connection to its last. */
  public Outcome run(Cell cell) throws IOException {
    try (Loop loop = new Loop()) {
      Stage stage = new Stage(loop, agents, phones, new Message(cell.bytes()), new Tally());
      Workload workload = opened(cell, stage);
      workload.start();
      spend(loop, warmUp, workload);
      return measure(cell, stage, workload);
    }
  }

  /**
   * Runs a cell for a long time and looks at it again and again.
   *
   * @param rounds how often {@link #measured} passes
   */
  public Soak soak(Cell cell, int rounds, Consumer<Soak.Look> each) throws IOException {
    try (Loop loop = new Loop()) {
      Stage stage = new Stage(loop, agents, phones, new Message(cell.bytes()), new Tally());
      Workload workload = opened(cell, stage);
      workload.start();
      spend(loop, warmUp, workload);
      stage.tally().begin();
      List<Soak.Look> looks = new ArrayList<>();
      for (int round = 1; round <= rounds; round++) {
        stage.tally().beginAgain();
        spend(loop, measured, workload);
        looks.add(Soak.Look.at(measured.multipliedBy(round), stage.tally(), pids));
        each.accept(looks.getLast());
      }
      finish(stage, workload);
      return new Soak(looks, stage.tally().faults());
    }
  }

  private static Workload opened(Cell cell, Stage stage) throws IOException {
    Workload workload = cell.workload().apply(stage);
    workload.open();
    if (!stage.loop().runUntil(workload::isOpen, SET_UP.toNanos(), _ -> Long.MAX_VALUE)) {
      throw new IOException("not every room could be set up: " + stage.tally().faults());
    }
    return workload;
  }

  private Outcome measure(Cell cell, Stage stage, Workload workload) {
    Tally tally = stage.tally();
    double _ = Cpu.coresOfAll();
    Cpu before = Cpu.now(pids);
    tally.begin();
    workload.measured();
    spend(stage.loop(), measured, workload);
    tally.end();
    Cpu after = Cpu.now(pids);
    double allCores = Cpu.coresOfAll();
    finish(stage, workload);
    return outcome(cell, tally, before, after, allCores);
  }

  /** What has not arrived some time after the end is lost, and counted once. */
  private static void finish(Stage stage, Workload workload) {
    Tally tally = stage.tally();
    workload.stop();
    stage
        .loop()
        .runUntil(() -> tally.underWay() == 0, LAST_ARRIVALS.toNanos(), _ -> Long.MAX_VALUE);
    for (long lost = tally.underWay(); lost > 0; lost--) {
      tally.fault("lost");
    }
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
