package relay.http.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static relay.http.cluster.Room.closeNotice;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import relay.http.testing.RelayCluster;
import relay.persistence.EmbeddedPostgresExtension;

/** Kills one of two nodes, with the signal nobody can answer. */
class NodeLossIT {
  @RegisterExtension
  static final EmbeddedPostgresExtension POSTGRES = new EmbeddedPostgresExtension();

  private static final int ROOMS = 12;

  private RelayCluster cluster;
  private RelayCluster.Member survivor;
  private Process doomed;
  private int doomedPort;

  @BeforeEach
  void start() throws IOException {
    cluster =
        new RelayCluster(POSTGRES.emptyDatabase())
            .with("relay.pyrycode.grace", "8s")
            .with("pekko.cluster.failure-detector.acceptable-heartbeat-pause", "6s")
            .with("pekko.cluster.split-brain-resolver.stable-after", "1s");
    survivor = cluster.start();
    doomed = startProcess();
    doomedPort = portOf(doomed);
  }

  @AfterEach
  void stop() {
    doomed.destroyForcibly();
    cluster.close();
  }

  @Test
  void whoLivesOnTheOtherNodeLivesOn() {
    List<Room> rooms = new ArrayList<>();
    List<Room.Phone> near = new ArrayList<>();
    List<Room.Phone> lost = new ArrayList<>();
    Room orphaned = Room.claim(survivor, doomedPort, "orphaned");
    Room.Phone silent = orphaned.join(survivor.port());
    Room.Phone talking = orphaned.join(survivor.port());
    Room abandoned = Room.claim(survivor, doomedPort, "abandoned");
    Room.Phone waiting = abandoned.join(survivor.port());
    for (int number = 0; number < ROOMS; number++) {
      Room room = Room.claim(survivor, survivor.port(), "room-" + number);
      rooms.add(room);
      near.add(room.join(survivor.port()));
      lost.add(room.join(doomedPort));
    }

    doomed.destroyForcibly();

    for (int i = 0; i < ROOMS; i++) {
      rooms.get(i).talk(near.get(i), "nobody has noticed yet");
    }
    for (int i = 0; i < ROOMS; i++) {
      rooms.get(i).binary().expect(closeNotice(lost.get(i), 1001));
      rooms.get(i).talk(near.get(i), "and now they have");
      rooms.get(i).talk(rooms.get(i).join(survivor.port()), "a new one");
      assertThat(survivor.ops("/relay/rooms/pyrycode/room-" + i))
          .contains(near.get(i).connId())
          .doesNotContain(lost.get(i).connId());
      rooms.get(i).binary().expectNothingMore();
    }
    talking.peer().send("1").expectClose(1000, "");
    silent.peer().expectClose(1000, "").expectEnd();
    waiting.peer().expectClose(1000, "").expectEnd();
    for (String serverId : List.of("orphaned", "abandoned")) {
      try (Room next = Room.claim(survivor, survivor.port(), serverId)) {
        next.talk(next.join(survivor.port()), "claimed anew");
      }
    }
    rooms.forEach(Room::close);
  }

  private Process startProcess() throws IOException {
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
    cluster.nextSettings().forEach((key, value) -> command.add(key + "=" + value));
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
