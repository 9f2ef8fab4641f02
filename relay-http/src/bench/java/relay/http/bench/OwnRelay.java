package relay.http.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A relay of this checkout in a process of its own, on free ports, with data of its own. */
final class OwnRelay implements AutoCloseable {
  private static final Pattern LISTENING = Pattern.compile("listening +http://[^:]+:(\\d+)");
  private static final Pattern FLAG = Pattern.compile("(?<=[ '])-[-X][^ '\n]+");
  private static final long STOP_SECONDS = 20;

  private final Process process;
  private final Path data;
  private final int port;

  private OwnRelay(Process process, Path data, int port) {
    this.process = process;
    this.data = data;
    this.port = port;
  }

  /**
   * Returns once it listens.
   *
   * @param module the directory of relay-http
   * @param more variables of its environment
   */
  static OwnRelay start(Path module, Map<String, String> more) throws IOException {
    Path data = Files.createTempDirectory("relay-bench");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(flags(module));
    command.addAll(
        List.of(
            "-cp",
            module.resolve("target/classes")
                + ":"
                + Files.readString(module.resolve("target/classpath")).strip(),
            "relay.http.app.RelayMain",
            "serve"));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectError(module.resolve("target/bench-relay.log").toFile());
    builder
        .environment()
        .putAll(
            Map.of(
                "RELAY_HTTP_HOST", "127.0.0.1",
                "RELAY_HTTP_PORT", "0",
                "RELAY_OPS_PORT", "0",
                "RELAY_UPGRADES_PER_IP", "off",
                "RELAY_DATA_DIR", data.toString()));
    builder.environment().putAll(more);
    Process process = builder.start();
    // A run that takes too long is ended from outside, and takes its relay with it.
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroy, "relay-stop"));
    return new OwnRelay(process, data, awaitPort(process));
  }

  /** Those of bin/relay, so that what is measured is what is run. */
  static List<String> flags(Path module) throws IOException {
    String script = Files.readString(module.resolve("bin/relay"));
    int start = script.indexOf("flags='");
    Matcher flag = FLAG.matcher(script.substring(start, script.indexOf("\n\n", start)));
    return flag.results().map(MatchResult::group).toList();
  }

  private static int awaitPort(Process process) throws IOException {
    BufferedReader out = process.inputReader();
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      Matcher listening = LISTENING.matcher(line);
      if (listening.find()) {
        Thread.ofVirtual().start(() -> drain(out));
        return Integer.parseInt(listening.group(1));
      }
    }
    throw new IOException("the relay ended before it listened; see target/bench-relay.log");
  }

  private static void drain(BufferedReader out) {
    try (out) {
      var _ = out.lines().count();
    } catch (IOException | UncheckedIOException _) {
      // It is over.
    }
  }

  String url() {
    return "ws://127.0.0.1:" + port;
  }

  long pid() {
    return process.pid();
  }

  @Override
  public void close() throws IOException {
    process.destroy();
    try {
      if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException _) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    try (Stream<Path> files = Files.walk(data)) {
      files.sorted(Comparator.reverseOrder()).forEach(OwnRelay::delete);
    }
  }

  private static void delete(Path file) {
    try {
      Files.delete(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
