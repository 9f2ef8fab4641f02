package relay.persistence.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import relay.core.directory.RoomHistory;
import relay.core.room.RoomEvent;
import relay.core.settings.StorageSettings;
import relay.persistence.Patience;
import relay.persistence.QueryPool;
import relay.persistence.Storage;
import relay.persistence.schema.Migrations;
import relay.persistence.schema.SchemaRefused;
import relay.persistence.tables.JdbcRoomHistory;

/** Kills a process that uses the embedded database, with the signal nobody can answer. */
class KilledNodeIT {
  private static final int KILLED_AFTER = 150;
  private static final int SIGKILL_EXIT = 128 + 9;

  @Test
  void whatWasAcknowledgedIsThereAfterKill(@TempDir Path directory) throws Exception {
    List<Long> acknowledged = acknowledgedUntilKilled(directory, AcknowledgingNode.class);

    assertThat(acknowledged).hasSizeGreaterThanOrEqualTo(KILLED_AFTER);
    Storage storage = Storage.of(new StorageSettings(null, null, null, directory));
    try (QueryPool queries = QueryPool.open(storage)) {
      RoomHistory history = new JdbcRoomHistory(queries);
      for (long socket : acknowledged) {
        assertThat(history.page(AcknowledgingNode.room(socket), 0, 10).toCompletableFuture().join())
            .as("room of acknowledged socket %d", socket)
            .singleElement()
            .satisfies(it -> assertThat(it.event()).isInstanceOf(RoomEvent.AgentAttached.class));
      }
    }
  }

  static List<Long> acknowledgedUntilKilled(Path directory, Class<?> main)
      throws IOException, InterruptedException {
    Process node = start(directory, main);
    List<String> printed = new ArrayList<>();
    try (BufferedReader output = node.inputReader()) {
      while (printed.size() < KILLED_AFTER) {
        String line = output.readLine();
        assertThat(line).as("the node ended by itself").isNotNull();
        printed.addAll(numbers(line));
      }
      assertNobodyElseMayUse(directory);
      // By its handle, which leaves open the stream with what it said last.
      node.toHandle().destroyForcibly();
      output.lines().forEach(line -> printed.addAll(numbers(line)));
    } finally {
      node.destroyForcibly();
    }
    assertThat(node.waitFor()).isEqualTo(SIGKILL_EXIT);
    return printed.stream().map(Long::valueOf).collect(Collectors.toList());
  }

  private static void assertNobodyElseMayUse(Path directory) {
    Storage taken = Storage.of(new StorageSettings(null, null, null, directory));
    assertThatThrownBy(() -> Migrations.run(taken))
        .isInstanceOf(SchemaRefused.class)
        .hasMessageContaining(directory.resolve("relay") + " is in use by another process");
  }

  /** The child logs to the same output; a number alone on its line is acknowledged. */
  private static List<String> numbers(String line) {
    return line.matches("\\d+") ? List.of(line) : List.of();
  }

  private static Process start(Path directory, Class<?> main) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElseThrow());
    command.addAll(
        List.of("-Xmx256m", "-XX:TieredStopAtLevel=1", "--sun-misc-unsafe-memory-access=allow"));
    command.addAll(Patience.ofThisJvm());
    command.addAll(
        List.of(
            "-cp", System.getProperty("java.class.path"), main.getName(), directory.toString()));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.redirectError(ProcessBuilder.Redirect.DISCARD);
    Map<String, String> environment = builder.environment();
    environment.keySet().removeIf(name -> name.startsWith("RELAY_"));
    return builder.start();
  }
}
