package relay.http.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import relay.http.app.RelayMain;
import relay.persistence.Patience;

/** The relay's commands in a process of their own, as the script starts them. */
public final class ChildRelay implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Pattern PUBLIC = Pattern.compile("listening {2}http://\\S+:(\\d+) ");
  private static final Pattern OPS = Pattern.compile("ops {8}http://\\S+:(\\d+) ");
  private static final String LAST_OF_BANNER = "Ctrl-C drains and stops.";

  private final Process process;
  private final List<String> out = new CopyOnWriteArrayList<>();
  private final List<String> err = new CopyOnWriteArrayList<>();
  private final CompletableFuture<Void> ready = new CompletableFuture<>();
  private final Thread outReader;
  private final Thread errReader;

  private ChildRelay(Process process) {
    this.process = process;
    outReader = Thread.ofVirtual().start(() -> read(process.inputReader(), out));
    errReader = Thread.ofVirtual().start(() -> read(process.errorReader(), err));
  }

  /** Starts a command; of the environment, it sees only the relay's variables that are given. */
  public static ChildRelay start(Map<String, String> environment, String... arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseCompactObjectHeaders",
                "--sun-misc-unsafe-memory-access=allow",
                "--enable-native-access=ALL-UNNAMED",
                "-Dlogback.configurationFile=logback.xml"));
    command.addAll(Patience.ofThisJvm());
    command.addAll(
        List.of("-cp", System.getProperty("java.class.path"), RelayMain.class.getName()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().keySet().removeIf(it -> it.contains("RELAY_"));
    builder.environment().putAll(environment);
    try {
      return new ChildRelay(builder.start());
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** A relay on free ports with that data directory, once it is ready. */
  public static ChildRelay serve(Path dataDir, Map<String, String> more) {
    return start(onFreePorts(dataDir, more), "serve").awaitReady();
  }

  public static Map<String, String> onFreePorts(Path dataDir, Map<String, String> more) {
    Map<String, String> environment = new HashMap<>();
    environment.put("RELAY_HTTP_HOST", "127.0.0.1");
    environment.put("RELAY_HTTP_PORT", "0");
    environment.put("RELAY_OPS_PORT", "0");
    environment.put("RELAY_UPGRADES_PER_IP", "off");
    environment.put("RELAY_DATA_DIR", dataDir.toString());
    environment.putAll(more);
    return environment;
  }

  public ChildRelay awaitReady() {
    try {
      ready.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      return this;
    } catch (TimeoutException | ExecutionException late) {
      close();
      throw new AssertionError("no banner, but " + out + err, late);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new AssertionError(interrupted);
    }
  }

  /** The exit code, once all that was printed has been read. */
  public int exitCode(Duration atMost) throws InterruptedException {
    if (!process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new AssertionError("still running after " + atMost + ": " + out + err);
    }
    outReader.join();
    errReader.join();
    return process.exitValue();
  }

  public int exitCode() throws InterruptedException {
    return exitCode(PATIENCE);
  }

  public String out() {
    return String.join("\n", out);
  }

  public List<String> errLines() {
    return List.copyOf(err);
  }

  public long pid() {
    return process.pid();
  }

  public int port() {
    return port(PUBLIC);
  }

  public int opsPort() {
    return port(OPS);
  }

  /** As the shell's {@code kill -SIGNAL}. */
  public void signal(String name) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
  }

  /** As {@code kill -9}. */
  public void kill() throws InterruptedException {
    process.destroyForcibly();
    exitCode();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  private int port(Pattern line) {
    Matcher found = line.matcher(out());
    if (!found.find()) {
      throw new AssertionError("no port in " + out);
    }
    return Integer.parseInt(found.group(1));
  }

  private void read(BufferedReader from, List<String> into) {
    try (from) {
      for (String line = from.readLine(); line != null; line = from.readLine()) {
        into.add(line);
        if (line.equals(LAST_OF_BANNER)) {
          ready.complete(null);
        }
      }
    } catch (IOException _) {
      // The process was killed.
    }
    ready.completeExceptionally(new IllegalStateException("it has ended"));
  }
}
