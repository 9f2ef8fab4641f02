package relay.http.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static relay.http.ops.OpsCalls.assertError;
import static relay.http.ops.OpsCalls.awaitStatus;
import static relay.http.ops.OpsCalls.body;
import static relay.http.ops.OpsCalls.get;
import static relay.http.ops.OpsCalls.send;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import relay.core.room.Dialect;
import relay.core.room.RoomKey;

/** What holds for every ops call, over real HTTP, with everything behind the listener faked. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OpsListenerTest {
  private static final RoomKey HOME = new RoomKey(Dialect.PYRYCODE, "home");

  private final OpsNode open = new OpsNode();
  private final OpsNode guarded = new OpsNode("hunter2");
  private final OpsNode impatient = new OpsNode(null, Duration.ofSeconds(1));

  @BeforeAll
  void start() {
    open.start();
    guarded.start();
    impatient.start();
  }

  @AfterAll
  void stop() {
    open.stop();
    guarded.stop();
    impatient.stop();
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
  void aNodeThatIsUpAndHasItsDatabaseIsReady() {
    awaitStatus(open, "/alive", 200);
    awaitStatus(open, "/ready", 200);
  }

  @Test
  void aNodeWithoutItsDatabaseIsAliveAndNotReady() {
    awaitStatus(open, "/ready", 200);
    open.databaseAnswers = false;

    awaitStatus(open, "/ready", 500);
    awaitStatus(open, "/alive", 200);
  }

  @Test
  void pekkosClusterCallsStandBesideOurs() throws Exception {
    JsonNode members = body(get(open, "/cluster/members"), 200);

    assertThat(members.path("members")).hasSize(1);
    assertThat(members.path("members").path(0).path("status").textValue()).isEqualTo("Up");
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
    impatient.keep(HOME);
    impatient.edgeAnswers = false;
    assertError(get(impatient, "/relay/rooms"), OpsError.NODE_UNAVAILABLE);

    impatient.edgeAnswers = true;
    impatient.roomAnswers = false;
    assertError(get(impatient, "/relay/rooms/pyrycode/home"), OpsError.ROOM_UNAVAILABLE);
    assertError(
        send(impatient, "DELETE", "/relay/rooms/pyrycode/home", ""), OpsError.ROOM_UNAVAILABLE);

    impatient.databaseAnswers = false;
    assertError(get(impatient, "/relay/rooms"), OpsError.STORAGE_UNAVAILABLE);
    assertError(get(impatient, "/relay/rooms/pyrycode/home/history"), OpsError.STORAGE_UNAVAILABLE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/alive", "/ready", "/metrics"})
  void healthAndMetricsNeedNoToken(String path) {
    awaitStatus(guarded, path, 200);
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
}
