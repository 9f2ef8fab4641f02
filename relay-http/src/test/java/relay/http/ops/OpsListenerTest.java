package relay.http.ops;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import relay.core.room.CloseCause;
import relay.core.room.Dialect;
import relay.core.room.Role;
import relay.core.room.RoomEvent;
import relay.core.room.RoomKey;
import relay.core.room.SocketAddress;
import relay.core.room.entity.EdgeCommand.SocketDescription;
import relay.core.room.entity.RoomDescription;

/** Every ops call over real HTTP, with everything behind the listener faked. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OpsListenerTest {
  private static final Instant T0 = Instant.parse("2026-11-21T08:00:00Z");
  private static final RoomKey HOME = new RoomKey(Dialect.PYRYCODE, "home");
  private static final RoomKey ODD = new RoomKey(Dialect.PYRYCODE, "a/b %\"ü\n");
  private static final RoomKey MAC = new RoomKey(Dialect.TERMONMAC, "mac");

  private final HttpClient client = HttpClient.newHttpClient();
  private final ObjectMapper json = new ObjectMapper();
  private final OpsNode open = new OpsNode();
  private final OpsNode guarded = new OpsNode("hunter2");

  @BeforeAll
  void start() {
    open.start();
    guarded.start();
  }

  @AfterAll
  void stop() {
    open.stop();
    guarded.stop();
  }

  @BeforeEach
  void reset() {
    open.reset();
  }

  @Test
  void metricsArePrometheusText() throws Exception {
    HttpResponse<String> answer = get(open, "/metrics");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("content-type"))
        .contains("text/plain; version=0.0.4; charset=UTF-8");
    assertThat(answer.body()).contains("relay_draining 0.0");
  }

  @Test
  void aNodeThatIsUpAndHasItsDatabaseIsReady() throws Exception {
    assertThat(get(open, "/alive").statusCode()).isEqualTo(200);
    assertThat(get(open, "/ready").statusCode()).isEqualTo(200);
  }

  @Test
  void aNodeWithoutItsDatabaseIsAliveAndNotReady() throws Exception {
    open.databaseAnswers = false;

    assertThat(get(open, "/ready").statusCode()).isEqualTo(500);
    assertThat(get(open, "/alive").statusCode()).isEqualTo(200);
  }

  @Test
  void pekkosClusterCallsStandBesideOurs() throws Exception {
    JsonNode members = body(get(open, "/cluster/members"), 200);

    assertThat(members.path("members")).hasSize(1);
    assertThat(members.path("members").path(0).path("status").textValue()).isEqualTo("Up");
  }

  @Test
  void roomsAreListedAPageAtATimeWithTheirSockets() throws Exception {
    open.keep(HOME, ODD, MAC);
    open.sockets =
        List.of(
            socket(1, HOME, Role.AGENT), socket(2, HOME, Role.PHONE), socket(3, HOME, Role.PHONE));

    JsonNode first = body(get(open, "/relay/rooms?limit=2"), 200);
    JsonNode second =
        body(get(open, "/relay/rooms?limit=2&after=" + first.path("next").textValue()), 200);

    assertThat(first.path("rooms").path(0).path("id").textValue()).isEqualTo(ODD.id());
    JsonNode home = first.path("rooms").path(1);
    assertThat(home.path("id").textValue()).isEqualTo("home");
    assertThat(home.path("dialect").textValue()).isEqualTo("pyrycode");
    assertThat(home.path("agents").intValue()).isEqualTo(1);
    assertThat(home.path("phones").intValue()).isEqualTo(2);
    assertThat(home.path("nodes").path(0).textValue()).isEqualTo(open.node());
    assertThat(second.path("rooms")).hasSize(1);
    assertThat(second.path("rooms").path(0).path("dialect").textValue()).isEqualTo("termonmac");
    assertThat(second.path("next").isNull()).isTrue();
  }

  @Test
  void roomsOfOneDialectAreListed() throws Exception {
    open.keep(HOME, MAC);

    JsonNode page = body(get(open, "/relay/rooms?dialect=termonmac"), 200);

    assertThat(page.path("rooms")).hasSize(1);
    assertThat(page.path("rooms").path(0).path("id").textValue()).isEqualTo("mac");
  }

  @Test
  void roomsOfOneNodeComeFromThatNode() throws Exception {
    open.sockets = List.of(socket(1, MAC, Role.AGENT), socket(2, HOME, Role.AGENT));
    String node = open.node();

    JsonNode page = body(get(open, "/relay/rooms?limit=1&node=" + node), 200);
    JsonNode next =
        body(
            get(
                open,
                "/relay/rooms?limit=1&node="
                    + node.substring("pekko://relay@".length())
                    + "&after="
                    + page.path("next").textValue()),
            200);

    assertThat(page.path("rooms").path(0).path("id").textValue()).isEqualTo("home");
    assertThat(next.path("rooms").path(0).path("id").textValue()).isEqualTo("mac");
  }

  @Test
  void oneRoomIsDescribedWithWhatItsSocketsMoved() throws Exception {
    open.sockets = List.of(socket(1, HOME, Role.AGENT));
    open.description =
        new RoomDescription(
            7,
            new RoomDescription.Slot(new SocketAddress(open.edge(), 1), "server-home-1", T0),
            List.of(
                new RoomDescription.Slot(
                    new SocketAddress("pekko://relay@10.0.0.9:1/user/edge#9", 4), "client-x", T0)),
            T0.plusSeconds(30));

    JsonNode room = body(get(open, "/relay/rooms/pyrycode/home"), 200);

    assertThat(room)
        .isEqualTo(
            json.readTree(
                """
                {"dialect":"pyrycode","id":"home","epoch":7,"owner":null,
                 "grace_until":"2026-11-21T08:00:30Z",
                 "agent":{"connection":"server-home-1","since":"2026-11-21T08:00:00Z",
                  "node":"%s","socket":1,
                  "traffic":{"since":"2026-11-21T08:00:00Z","frames_in":1,"bytes_in":20,
                   "frames_out":3,"bytes_out":40}},
                 "phones":[{"connection":"client-x","since":"2026-11-21T08:00:00Z",
                  "node":"pekko://relay@10.0.0.9:1","socket":4,"traffic":null}]}
                """
                    .formatted(open.node())));
  }

  @Test
  void anyIdCanBeAskedForPercentEncoded() throws Exception {
    open.description = new RoomDescription(1, null, List.of(), null);

    JsonNode room = body(get(open, "/relay/rooms/pyrycode/a%2Fb%20%25%22%C3%BC%0A"), 200);

    assertThat(room.path("id").textValue()).isEqualTo(ODD.id());
  }

  @Test
  void aRoomsHistoryIsToldInOrder() throws Exception {
    SocketAddress socket = new SocketAddress("pekko://relay@10.0.0.9:1/user/edge#9", 4);
    open.events =
        List.of(
            new RoomEvent.AgentAttached(1, socket, "server-home-1", T0),
            new RoomEvent.AgentDetached(
                socket, "server-home-1", CloseCause.PEER_CLOSED, 1001, T0.plusSeconds(30), T0),
            new RoomEvent.GraceExpired(1, T0));

    JsonNode first = body(get(open, "/relay/rooms/pyrycode/home/history?limit=2"), 200);
    JsonNode rest =
        body(
            get(
                open,
                "/relay/rooms/pyrycode/home/history?limit=2&after="
                    + first.path("next").textValue()),
            200);

    assertThat(first.path("events"))
        .isEqualTo(
            json.readTree(
                """
                [{"sequence":1,"at":"2026-11-21T08:00:00Z","event":"agent_attached","epoch":1,
                  "connection":"server-home-1","node":"pekko://relay@10.0.0.9:1","socket":4},
                 {"sequence":2,"at":"2026-11-21T08:00:00Z","event":"agent_detached",
                  "connection":"server-home-1","node":"pekko://relay@10.0.0.9:1","socket":4,
                  "cause":"peer_closed","close_code":1001,"grace_until":"2026-11-21T08:00:30Z"}]
                """));
    assertThat(rest.path("events").path(0).path("event").textValue()).isEqualTo("grace_expired");
    assertThat(rest.path("next").isNull()).isTrue();
  }

  @Test
  void aRoomIsForgottenOnce() throws Exception {
    open.keep(HOME);

    assertThat(send(open, "DELETE", "/relay/rooms/pyrycode/home", "").statusCode()).isEqualTo(204);
    assertError(send(open, "DELETE", "/relay/rooms/pyrycode/home", ""), OpsError.UNKNOWN_ROOM);
  }

  @Test
  void aDrainIsBegunForTheGivenTime() throws Exception {
    HttpResponse<String> answer = send(open, "POST", "/relay/drain", "{\"over_seconds\":60}");

    assertThat(body(answer, 202).path("over_seconds").intValue()).isEqualTo(60);
    assertThat(open.departures).containsExactly(Duration.ofSeconds(60));
  }

  @Test
  void aDrainWithoutABodyIsAtOnce() throws Exception {
    assertThat(send(open, "POST", "/relay/drain", "").statusCode()).isEqualTo(202);
    assertThat(send(open, "POST", "/relay/drain", "{}").statusCode()).isEqualTo(202);
    assertThat(open.departures).containsExactly(Duration.ZERO, Duration.ZERO);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{",
        "{\"over_seconds\":-1}",
        "{\"over_seconds\":3601}",
        "{\"over_seconds\":1.5}",
        "{\"over_seconds\":\"60\"}"
      })
  void aDrainForNoGivenTimeIsRefused(String wrong) throws Exception {
    assertError(send(open, "POST", "/relay/drain", wrong), OpsError.BAD_REQUEST);
    assertThat(open.departures).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "GET,    /relay/nothing,                       NOT_FOUND",
    "GET,    /,                                    NOT_FOUND",
    "GET,    /relay/rooms/pyrycode,                NOT_FOUND",
    "GET,    /relay/rooms/morse/home,              UNKNOWN_DIALECT",
    "GET,    /relay/rooms?dialect=morse,           UNKNOWN_DIALECT",
    "GET,    /relay/rooms/pyrycode/home,           UNKNOWN_ROOM",
    "GET,    /relay/rooms/pyrycode/home/history,   UNKNOWN_ROOM",
    "DELETE, /relay/rooms/pyrycode/home,           UNKNOWN_ROOM",
    "GET,    /relay/rooms?node=10.0.0.7:1,         UNKNOWN_NODE",
    "GET,    /relay/rooms?limit=0,                 BAD_REQUEST",
    "GET,    /relay/rooms?limit=1001,              BAD_REQUEST",
    "GET,    /relay/rooms?limit=many,              BAD_REQUEST",
    "GET,    /relay/rooms?after=*,                 BAD_REQUEST",
    "GET,    /relay/rooms?after=bW9yc2Uv,          BAD_REQUEST",
    "GET,    /relay/rooms/pyrycode/h/history?after=eA, BAD_REQUEST",
    "POST,   /relay/rooms,                         METHOD_NOT_ALLOWED",
    "PUT,    /relay/rooms/pyrycode/home,           METHOD_NOT_ALLOWED",
    "POST,   /relay/rooms/pyrycode/home/history,   METHOD_NOT_ALLOWED",
    "GET,    /relay/drain,                         METHOD_NOT_ALLOWED",
    "DELETE, /metrics,                             METHOD_NOT_ALLOWED",
  })
  void aWrongCallIsRefusedByItsCode(String method, String path, OpsError error) throws Exception {
    assertError(send(open, method, path, ""), error);
  }

  @Test
  void whoeverGivesNoAnswerIsNamed() throws Exception {
    open.keep(HOME);
    open.edgeAnswers = false;
    assertError(get(open, "/relay/rooms"), OpsError.NODE_UNAVAILABLE);

    open.edgeAnswers = true;
    open.roomAnswers = false;
    assertError(get(open, "/relay/rooms/pyrycode/home"), OpsError.ROOM_UNAVAILABLE);
    assertError(send(open, "DELETE", "/relay/rooms/pyrycode/home", ""), OpsError.ROOM_UNAVAILABLE);

    open.databaseAnswers = false;
    assertError(get(open, "/relay/rooms"), OpsError.STORAGE_UNAVAILABLE);
    assertError(get(open, "/relay/rooms/pyrycode/home/history"), OpsError.STORAGE_UNAVAILABLE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/alive", "/ready", "/metrics"})
  void healthAndMetricsNeedNoToken(String path) throws Exception {
    assertThat(get(guarded, path).statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({
    "GET,    /relay/rooms",
    "GET,    /relay/rooms/pyrycode/home",
    "DELETE, /relay/rooms/pyrycode/home",
    "POST,   /relay/drain",
    "GET,    /cluster/members",
    "DELETE, /cluster/members/x",
    "GET,    /nothing"
  })
  void everythingElseNeedsTheToken(String method, String path) throws Exception {
    assertError(send(guarded, method, path, ""), OpsError.UNAUTHORIZED);
    assertError(
        send(guarded, method, path, "", "Authorization", "Bearer x"), OpsError.UNAUTHORIZED);
    assertThat(send(guarded, method, path, "", "Authorization", "Bearer hunter2").statusCode())
        .isNotEqualTo(401);
  }

  @Test
  void withoutATokenAWebPageIsRefused() throws Exception {
    assertError(
        send(open, "POST", "/relay/drain", "", "Origin", "http://evil.example"),
        OpsError.BROWSER_REFUSED);
    assertThat(open.departures).isEmpty();
  }

  private void assertError(HttpResponse<String> answer, OpsError error) throws IOException {
    JsonNode body = body(answer, error.status());
    assertThat(body.path("error").textValue()).isEqualTo(error.name());
    assertThat(body.path("message").textValue()).isEqualTo(error.message());
  }

  private JsonNode body(HttpResponse<String> answer, int status) throws IOException {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.headers().firstValue("content-type")).contains("application/json");
    return json.readTree(answer.body());
  }

  private HttpResponse<String> get(OpsNode node, String path) throws Exception {
    return send(node, "GET", path, "");
  }

  private HttpResponse<String> send(
      OpsNode node, String method, String path, String body, String... headers) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + node.port() + path))
            .timeout(Duration.ofSeconds(20))
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), BodyHandlers.ofString());
  }

  private static SocketDescription socket(long number, RoomKey room, Role role) {
    return new SocketDescription(number, room, role, T0, 1, 20, 3, 40);
  }
}
