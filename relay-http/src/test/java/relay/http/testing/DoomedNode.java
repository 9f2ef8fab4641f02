package relay.http.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import relay.http.app.RelayNode;

/** A node in a process of its own, for a test to kill; it prints its port once it is a member. */
public final class DoomedNode implements AutoCloseable {
  private final Process process;
  private final int port;

  private DoomedNode(Process process, int port) {
    this.process = process;
    this.port = port;
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
      Process process = startProcess(settings);
      return new DoomedNode(process, portOf(process));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** The port of the public listener. */
  public int port() {
    return port;
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
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                DoomedNode.class.getName()));
    settings.forEach((key, value) -> command.add(key + "=" + value));
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.environment().keySet().removeIf(name -> name.startsWith("RELAY_"));
    return builder.start();
  }

  /** The child may log to the same output; a number alone on its line is the port. */
  private static int portOf(Process node) throws IOException {
    BufferedReader output = node.inputReader();
    @Nullable String line = output.readLine();
    while (line != null && !line.matches("\\d+")) {
      line = output.readLine();
    }
    assertThat(line).as("the node ended by itself").isNotNull();
    Thread.startVirtualThread(() -> output.lines().forEach(_ -> {}));
    return Integer.parseInt(String.valueOf(line));
  }
}
