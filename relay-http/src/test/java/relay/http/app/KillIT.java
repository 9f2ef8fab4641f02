package relay.http.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import relay.core.settings.StorageSettings;
import relay.http.testing.ChildRelay;
import relay.http.testing.Crowd;
import relay.http.testing.CrowdRoom;
import relay.http.testing.RunsProcesses;
import relay.persistence.EmbeddedPostgresExtension;

/**
 * A relay that is killed while it takes claims, and started again on what it left. A claim was
 * acknowledged if a phone's message has reached its binary, for only a phone that was let in is
 * heard, and it is let in only by a binary that holds the server-id.
 */
@RunsProcesses
class KillIT {
  @RegisterExtension
  static final EmbeddedPostgresExtension POSTGRES = new EmbeddedPostgresExtension();

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int ROOMS = 250;
  private static final int ENOUGH = 60;

  private final HttpClient http = HttpClient.newHttpClient();

  @Test
  void noAcknowledgedClaimIsLostByTheEmbeddedDatabase(@TempDir Path dir) throws Exception {
    killAndRestart(dir, Map.of());
  }

  @Test
  void noAcknowledgedClaimIsLostByPostgresql(@TempDir Path dir) throws Exception {
    StorageSettings storage = POSTGRES.emptyDatabase();
    killAndRestart(
        dir,
        Map.of(
            "RELAY_JDBC_URL", String.valueOf(storage.url()),
            "RELAY_JDBC_USER", String.valueOf(storage.user()),
            "RELAY_JDBC_PASSWORD", String.valueOf(storage.password())));
  }

  private void killAndRestart(Path dir, Map<String, String> storage) throws Exception {
    Map<String, String> environment = new HashMap<>(storage);
    // A slot that is not free at once would keep its binary waiting for longer than this test does.
    environment.put("RELAY_PYRYCODE_PROBE_TIMEOUT", "300s");
    Map<String, String> acknowledged;
    try (ChildRelay relay = ChildRelay.serve(dir, environment)) {
      acknowledged = killUnderLoad(relay);
    }
    assertThat(acknowledged).hasSizeGreaterThanOrEqualTo(ENOUGH);
    try (ChildRelay relay = ChildRelay.serve(dir, environment);
        Crowd crowd = new Crowd(relay.port())) {
      List<CrowdRoom> rooms = join(crowd, relay.port());
      crowd.await("every frame to flow again", PATIENCE, () -> settled(rooms) == ROOMS);
      for (Map.Entry<String, String> claim : acknowledged.entrySet()) {
        isKept(relay, claim.getKey(), claim.getValue());
      }
    }
  }

  /** Returns the phones that were heard by their binaries, by server-id. */
  private static Map<String, String> killUnderLoad(ChildRelay relay) throws Exception {
    Map<String, String> acknowledged = new HashMap<>();
    try (Crowd crowd = new Crowd(relay.port())) {
      List<CrowdRoom> rooms = join(crowd, relay.port());
      crowd.await("claims to be acknowledged", PATIENCE, () -> settled(rooms) >= ENOUGH);
      relay.kill();
      for (CrowdRoom room : rooms) {
        for (String envelope : room.envelopes()) {
          acknowledged.put(room.serverId(), JSON.readTree(envelope).path("conn_id").asText());
        }
      }
    }
    return acknowledged;
  }

  private static List<CrowdRoom> join(Crowd crowd, int port) throws IOException {
    List<CrowdRoom> rooms = new ArrayList<>();
    for (int i = 0; i < ROOMS; i++) {
      CrowdRoom room = new CrowdRoom(crowd, port, "claim-" + i, 1);
      room.joinBinary();
      room.joinPhones();
      rooms.add(room);
    }
    return rooms;
  }

  private static int settled(List<CrowdRoom> rooms) throws IOException {
    int settled = 0;
    for (CrowdRoom room : rooms) {
      settled += room.isSettled() ? 1 : 0;
    }
    return settled;
  }

  private void isKept(ChildRelay relay, String serverId, String phone) throws Exception {
    URI uri =
        URI.create(
            "http://127.0.0.1:"
                + relay.opsPort()
                + "/relay/rooms/pyrycode/"
                + serverId
                + "/history");
    JsonNode events =
        JSON.readTree(
                http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).body())
            .path("events");
    List<Long> epochs = new ArrayList<>();
    List<String> phones = new ArrayList<>();
    for (JsonNode event : events) {
      switch (event.path("event").asText()) {
        case "agent_attached" -> epochs.add(event.path("epoch").asLong());
        case "phone_attached" -> phones.add(event.path("connection").asText());
        default -> {}
      }
    }
    assertThat(phones).as(serverId).contains(phone);
    assertThat(epochs)
        .as(serverId)
        .hasSizeGreaterThanOrEqualTo(2)
        .doesNotHaveDuplicates()
        .isSorted();
  }
}
