package relay.http.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** Runs the JMH part, with the flags of bin/relay. */
final class Micro {
  private static final TimeValue TURN = TimeValue.seconds(1);
  private static final int TURNS = 3;

  private Micro() {}

  static List<MicroOutcome> run(Path module, List<String> flags) throws RunnerException {
    Collection<RunResult> results =
        new Runner(
                new OptionsBuilder()
                    .include("relay\\.http\\.bench\\.micro\\..*")
                    .mode(Mode.AverageTime)
                    .timeUnit(TimeUnit.NANOSECONDS)
                    .forks(1)
                    .warmupIterations(TURNS)
                    .warmupTime(TURN)
                    .measurementIterations(TURNS)
                    .measurementTime(TURN)
                    .addProfiler(GCProfiler.class)
                    .jvmArgs(flags.toArray(String[]::new))
                    .output(module.resolve("target/bench-jmh.log").toString())
                    .build())
            .run();
    List<MicroOutcome> outcomes = new ArrayList<>();
    results.forEach(it -> outcomes.add(outcome(it)));
    return outcomes;
  }

  private static MicroOutcome outcome(RunResult result) {
    BenchmarkParams params = result.getParams();
    String name = params.getBenchmark();
    String bytes = params.getParam("bytes");
    Result<?> allocated = result.getSecondaryResults().get("gc.alloc.rate.norm");
    return new MicroOutcome(
        name.substring(name.indexOf("micro.") + "micro.".length())
            + (bytes == null ? "" : ", " + bytes + " B"),
        result.getPrimaryResult().getScore(),
        result.getPrimaryResult().getScoreError(),
        allocated == null ? Double.NaN : allocated.getScore());
  }
}
