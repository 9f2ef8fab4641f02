package relay.http.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import relay.http.bench.load.Outcome;

/**
 * Everything a run gave, as a table for people and as JSON.
 *
 * @param relay where the measured relay listened
 * @param machine what it ran on, as far as that can be told without names
 */
record Report(String relay, Machine machine, List<Outcome> load, List<MicroOutcome> micro) {

  /** What figures depend on beside the relay. */
  record Machine(String os, String arch, int cores, String java) {
    static Machine current() {
      return new Machine(
          System.getProperty("os.name"),
          System.getProperty("os.arch"),
          Runtime.getRuntime().availableProcessors(),
          System.getProperty("java.vm.version"));
    }
  }

  boolean isFaultless() {
    return load.stream().allMatch(it -> it.faults().isEmpty() && it.count() > 0);
  }

  void write(Path file) throws IOException {
    new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValue(file.toFile(), this);
  }

  String table() {
    StringBuilder table = new StringBuilder();
    line(
        table,
        "%n%s on %d cores, %s %s, Java %s%n",
        relay,
        machine.cores,
        machine.os,
        machine.arch,
        machine.java);
    line(
        table,
        "%-36s %11s %10s %9s %9s %7s %7s  %s%n",
        "load",
        "CPU s/10^6",
        "per s",
        "p50 us",
        "p99 us",
        "driver",
        "others",
        "faults");
    load.forEach(
        it ->
            line(
                table,
                "%-36s %11s %10.0f %9.0f %9.0f %7.2f %7s  %s%n",
                it.name(),
                figure(it.cpuSecondsPerMillion()),
                it.perSecond(),
                it.p50Micros(),
                it.p99Micros(),
                it.driverCores(),
                figure(it.otherCores()),
                it.faults().isEmpty() ? "none" : it.faults()));
    if (!micro.isEmpty()) {
      addMicro(table);
    }
    return table.toString();
  }

  private void addMicro(StringBuilder table) {
    line(table, "%n%-44s %12s %10s %14s%n", "one by one", "ns", "+-", "bytes of heap");
    micro.forEach(
        it ->
            line(
                table,
                "%-44s %12.1f %10.1f %14.1f%n",
                it.name(),
                it.nanos(),
                it.error(),
                it.bytesAllocated()));
  }

  private static String figure(@Nullable Double value) {
    return value == null ? "-" : String.format(Locale.ROOT, "%.2f", value);
  }

  private static void line(StringBuilder table, String format, Object... values) {
    table.append(String.format(Locale.ROOT, format, values));
  }
}
