package relay.http.counting;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What Linux has counted for a process so far.
 *
 * @param reads calls of read by its event loops, and likewise writes; what has a system call of its
 *     own for sockets is not among them, so it counts Java's own transport only
 * @param sleeps how often any thread that could be handed a frame has given its core away to wait:
 *     not the scheduler, which wakes by the clock, nor what the Java machine does for itself
 */
record KernelCounts(double reads, double writes, double sleeps) {
  private static final Path PROCESSES = Path.of("/proc");
  private static final String LOOP = "relay-loop";
  private static final String CLOCK = "relay-scheduler";

  /** Event loops, dispatchers and remoting; what carries virtual threads. */
  private static final List<String> WORKERS = List.of("relay-", "ForkJoinPool-");

  static boolean areKept() {
    return Files.isReadable(PROCESSES.resolve("self/io"));
  }

  static KernelCounts of(long pid) throws IOException {
    try (Stream<Path> listed = Files.list(PROCESSES.resolve(pid + "/task"))) {
      List<Path> threads = listed.toList();
      List<Path> loops = named(threads, name -> name.startsWith(LOOP));
      List<Path> workers =
          named(
              threads,
              name -> WORKERS.stream().anyMatch(name::startsWith) && !name.startsWith(CLOCK));
      return new KernelCounts(
          sum(loops, "io", "syscr:"),
          sum(loops, "io", "syscw:"),
          sum(workers, "status", "voluntary_ctxt_switches:"));
    }
  }

  KernelCounts since(KernelCounts before) {
    return new KernelCounts(reads - before.reads, writes - before.writes, sleeps - before.sleeps);
  }

  KernelCounts per(int frames) {
    return new KernelCounts(reads / frames, writes / frames, sleeps / frames);
  }

  private static List<Path> named(List<Path> threads, Predicate<String> names) {
    return threads.stream().filter(it -> names.test(lines(it, "comm").getFirst())).toList();
  }

  private static double sum(List<Path> threads, String file, String name) {
    return threads.stream()
        .flatMap(thread -> lines(thread, file).stream())
        .filter(line -> line.startsWith(name))
        .mapToLong(line -> Long.parseLong(line.substring(name.length()).strip()))
        .sum();
  }

  /** One empty line for a thread that has ended meanwhile. */
  private static List<String> lines(Path thread, String file) {
    try {
      return Files.readAllLines(thread.resolve(file));
    } catch (IOException _) {
      return List.of("");
    }
  }
}
