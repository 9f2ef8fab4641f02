package relay.http.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import relay.http.app.RelayNode;
import relay.persistence.Patience;

/** A node in a process of its own, for a test to kill; it prints its port once it is a member. */
public final class DoomedNode implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final int MOST_KEPT_LINES = 500;

  private final Process process;
  private final CompletableFuture<Integer> port = new CompletableFuture<>();

  /** What it said on both its outputs, for a failure to show. */
  private final List<String> said = new CopyOnWriteArrayList<>();

  private DoomedNode(Process process) {
    this.process = process;
    Thread errors = Thread.startVirtualThread(() -> read(process.errorReader()));
    Thread.startVirtualThread(
        () -> {
          read(process.inputReader());
          join(errors);
          port.completeExceptionally(new IllegalStateException("the node ended by itself"));
        });
  }

  /**
   * @param arguments the settings, as {@code key=value}
   */
  public static void main(String[] arguments) {
    Map<String, String> settings = new TreeMap<>();
    for (String argument : arguments) {
      int equals = argument.indexOf('=');
      settings.put(argument.substring(0, equals), argument.substring(equals + 1));
    }
    System.out.println(RelayNode.start(RelayCluster.config(settings)).httpPort());
  }

  /** Returns once it is a member. */
  static DoomedNode start(Map<String, Object> settings) {
    try {
      return new DoomedNode(startProcess(settings)).awaitMember();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** The port of the public listener. */
  public int port() {
    return port.join();
  }

  /** Ends it with the signal nobody can answer. */
  public void kill() {
    process.destroyForcibly();
  }

  @Override
  public void close() {
    kill();
  }

  private static Process startProcess(Map<String, Object> settings) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "--sun-misc-unsafe-memory-access=allow",
                "--enable-native-access=ALL-UNNAMED"));
    command.addAll(Patience.ofThisJvm());
    command.addAll(
        List.of("-cp", System.getProperty("java.class.path"), DoomedNode.class.getName()));
    settings.forEach((key, value) -> command.add(key + "=" + value));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().keySet().removeIf(name -> name.startsWith("RELAY_"));
    return builder.start();
  }

  private DoomedNode awaitMember() {
    try {
      port.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      return this;
    } catch (TimeoutException | ExecutionException late) {
      kill();
      throw new AssertionError("no member, but\n" + String.join("\n", said), late);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new AssertionError(interrupted);
    }
  }

  /** The child may log to the same output; a number alone on its line is the port. */
  private void read(BufferedReader from) {
    try (from) {
      for (String line = from.readLine(); line != null; line = from.readLine()) {
        if (said.size() < MOST_KEPT_LINES) {
          said.add(line);
        }
        if (line.matches("\\d+")) {
          port.complete(Integer.valueOf(line));
        }
      }
    } catch (IOException _) {
      // It was killed.
    }
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
