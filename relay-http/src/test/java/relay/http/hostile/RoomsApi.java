package relay.http.hostile;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import relay.http.testing.RelayServerExtension;

/** The operators' view of rooms. */
final class RoomsApi {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final RelayServerExtension relay;

  RoomsApi(RelayServerExtension relay) {
    this.relay = relay;
  }

  record Row(String id, int agents, int phones) {}

  /** Every room, so many a page. */
  List<Row> list(int limit) throws IOException, InterruptedException {
    List<Row> rows = new ArrayList<>();
    String after = "";
    do {
      JsonNode page = read("/relay/rooms?limit=" + limit + after);
      page.path("rooms")
          .forEach(
              it ->
                  rows.add(
                      new Row(
                          it.path("id").asText(),
                          it.path("agents").asInt(),
                          it.path("phones").asInt())));
      after = page.path("next").isTextual() ? "&after=" + page.path("next").asText() : "";
    } while (!after.isEmpty());
    return rows;
  }

  JsonNode room(String id) throws IOException, InterruptedException {
    return read(path(id));
  }

  /** Whether that room's phone is named after one of these server-ids. */
  boolean hasPhoneOf(Row row, List<String> serverIds) {
    try {
      String connection = room(row.id()).at("/phones/0/connection").asText();
      return serverIds.stream()
          .anyMatch(it -> connection.startsWith("client-" + OddRoom.nameOf(it) + "-"));
    } catch (IOException failed) {
      throw new AssertionError(failed);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new AssertionError(interrupted);
    }
  }

  List<String> kindsOf(String id) throws IOException, InterruptedException {
    return read(path(id) + "/history").path("events").findValuesAsText("event");
  }

  void forget(String id) throws IOException, InterruptedException {
    URI uri = URI.create("http://127.0.0.1:" + relay.node().opsAddress().getPort() + path(id));
    try (HttpClient http = HttpClient.newHttpClient()) {
      int status =
          http.send(HttpRequest.newBuilder(uri).DELETE().build(), BodyHandlers.discarding())
              .statusCode();
      if (status != 204) {
        throw new AssertionError("expected 204, but got " + status);
      }
    }
  }

  private static String path(String id) {
    return "/relay/rooms/pyrycode/" + URLEncoder.encode(id, UTF_8).replace("+", "%20");
  }

  private JsonNode read(String path) throws IOException, InterruptedException {
    return JSON.readTree(relay.ops(path));
  }
}
