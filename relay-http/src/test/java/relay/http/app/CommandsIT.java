package relay.http.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import relay.http.testing.ChildRelay;
import relay.http.testing.DeafPort;
import relay.http.testing.RunsProcesses;
import relay.http.testing.TestPeer;

/** What an operator meets: commands, their output, their exit codes, and signals. */
@RunsProcesses
class CommandsIT {
  private static final int SIGINT = 2;
  private static final Duration DRAIN = Duration.ofSeconds(40);

  @Test
  void checkConfigPrintsWhatIsInForceWithoutSecrets() throws Exception {
    Map<String, String> environment =
        Map.of(
            "RELAY_HTTP_PORT",
            "9123",
            "RELAY_ADMIN_TOKEN",
            "hunter2",
            "RELAY_JDBC_URL",
            "jdbc:postgresql://db/relay",
            "RELAY_JDBC_PASSWORD",
            "hunter3");
    try (ChildRelay check = ChildRelay.start(environment, "check-config")) {
      assertThat(check.exitCode()).isZero();
      assertThat(check.out())
          .contains("relay.http.port")
          .contains("9123")
          .contains("relay.ops.admin-token")
          .doesNotContain("hunter");
      assertThat(check.errLines()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "check-config, RELAY_HTTP_PORT, 70000, relay.http.port",
    "serve, RELAY_PYRYCODE_GRACE, never, relay.pyrycode.grace",
    "serve, RELAY_OPS_HOST, 0.0.0.0, relay.ops.admin-token",
    "serve, RELAY_SEED_NODES, 'a:1,b:2', relay.storage.url",
    "serve, RELAY_CONFIG, /nowhere/relay.conf, RELAY_CONFIG",
    "serve, RELAY_JDBC_URL, jdbc:mysql://db/relay, relay.storage.url"
  })
  void aSettingThatDoesNotFitIsNamedInOneLine(
      String command, String variable, String value, String named, @TempDir Path dir)
      throws Exception {
    Map<String, String> environment = ChildRelay.onFreePorts(dir, Map.of(variable, value));
    try (ChildRelay refused = ChildRelay.start(environment, command)) {
      assertThat(refused.exitCode()).as(String.join("\n", refused.errLines())).isEqualTo(2);
      assertThat(refused.errLines())
          .singleElement()
          .satisfies(line -> assertThat(line).startsWith("relay: ").contains(named));
      assertThat(refused.out()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "--no-such-flag, Unknown option: '--no-such-flag'",
    "no-such-command, Unmatched argument at index 0: 'no-such-command'",
    "probe, Missing required option: '--url=<url>'"
  })
  void aCommandLineThatIsNotUnderstoodIsRefused(String argument, String answer) throws Exception {
    try (ChildRelay refused = ChildRelay.start(Map.of(), argument)) {
      assertThat(refused.exitCode()).isEqualTo(2);
      assertThat(refused.errLines()).first().isEqualTo(answer);
    }
  }

  @ParameterizedTest
  @CsvSource({"--version, relay (dev|\\d.*)", "--help, Usage: relay"})
  void whoAsksForInformationGetsIt(String flag, String answer) throws Exception {
    try (ChildRelay asked = ChildRelay.start(Map.of(), flag)) {
      assertThat(asked.exitCode()).isZero();
      assertThat(asked.out()).containsPattern("^" + answer);
    }
  }

  @Test
  void theProbeSaysWhichStepFailed() throws Exception {
    try (DeafPort deaf = new DeafPort();
        ChildRelay probe = ChildRelay.start(Map.of(), "probe", "--url", "ws://" + deaf.address())) {
      assertThat(probe.exitCode()).isEqualTo(1);
      assertThat(probe.out().lines())
          .anyMatch(it -> it.startsWith("FAIL") && it.contains("binary connects"))
          .last()
          .isEqualTo("failed");
    }
  }

  @Test
  void relaysServeSideBySideUntilASignalDrainsThem(@TempDir Path dir) throws Exception {
    try (ChildRelay first = ChildRelay.serve(dir.resolve("first"), Map.of());
        ChildRelay second = ChildRelay.serve(dir.resolve("second"), Map.of())) {
      try (ChildRelay probe =
          ChildRelay.start(Map.of(), "probe", "--url", "ws://127.0.0.1:" + first.port())) {
        assertThat(probe.exitCode()).as(probe.out()).isZero();
      }
      theDataDirectoryIsTaken(dir.resolve("first"));
      thePortIsTaken(dir, "RELAY_HTTP_PORT", second.port());
      thePortIsTaken(dir, "RELAY_OPS_PORT", second.opsPort());
      drains(first, "TERM");
      drains(second, ignoresInterrupts(second) ? "TERM" : "INT");
    }
  }

  /**
   * As what a shell runs in the background does, with all its children: the JVM leaves a signal
   * alone that is ignored.
   */
  private static boolean ignoresInterrupts(ChildRelay relay) throws IOException {
    return Files.readAllLines(Path.of("/proc", Long.toString(relay.pid()), "status")).stream()
        .filter(line -> line.startsWith("SigIgn:"))
        .map(line -> new BigInteger(line.substring("SigIgn:".length()).strip(), 16))
        .anyMatch(ignored -> ignored.testBit(SIGINT - 1));
  }

  private static void theDataDirectoryIsTaken(Path data) throws InterruptedException {
    Map<String, String> environment = ChildRelay.onFreePorts(data, Map.of());
    try (ChildRelay refused = ChildRelay.start(environment, "serve")) {
      assertThat(refused.exitCode()).isEqualTo(2);
      assertThat(refused.errLines())
          .singleElement()
          .satisfies(
              line ->
                  assertThat(line)
                      .startsWith("relay: refusing to start: the embedded database " + data)
                      .contains("is in use by another process"));
    }
  }

  private static void thePortIsTaken(Path dir, String variable, int port)
      throws InterruptedException {
    Map<String, String> environment =
        ChildRelay.onFreePorts(dir.resolve(variable), Map.of(variable, Integer.toString(port)));
    try (ChildRelay failed = ChildRelay.start(environment, "serve")) {
      assertThat(failed.exitCode()).isEqualTo(1);
      assertThat(failed.errLines())
          .filteredOn(it -> it.startsWith("relay: cannot start: "))
          .singleElement()
          .satisfies(line -> assertThat(line).contains(":" + port));
    }
  }

  private static void drains(ChildRelay relay, String signal) throws Exception {
    try (TestPeer binary = TestPeer.binary(relay.port(), "drained");
        TestPeer phone = TestPeer.phone(relay.port(), "drained")) {
      phone.send("1");
      binary.expectText();
      relay.signal(signal);
      binary.expectClose(1001, "shutting down");
      phone.expectClose(1001, "shutting down");
      assertThat(relay.exitCode(DRAIN)).isZero();
      assertThat(relay.errLines())
          .anyMatch(it -> it.contains("shutdown signal received; draining"))
          .anyMatch(it -> it.contains("shutdown complete"))
          .noneMatch(it -> it.contains("level=ERROR"));
    }
  }
}
