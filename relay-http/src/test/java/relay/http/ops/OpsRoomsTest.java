package relay.http.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static relay.http.ops.OpsCalls.assertError;
import static relay.http.ops.OpsCalls.body;
import static relay.http.ops.OpsCalls.get;
import static relay.http.ops.OpsCalls.json;
import static relay.http.ops.OpsCalls.send;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import relay.core.room.CloseCause;
import relay.core.room.Dialect;
import relay.core.room.Role;
import relay.core.room.RoomEvent;
import relay.core.room.RoomKey;
import relay.core.room.SocketAddress;
import relay.core.room.entity.EdgeCommand.SocketDescription;
import relay.core.room.entity.RoomDescription;

/** The operators' calls about rooms, over real HTTP. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OpsRoomsTest {
  private static final Instant T0 = Instant.parse("2026-11-21T08:00:00Z");
  private static final RoomKey HOME = new RoomKey(Dialect.PYRYCODE, "home");
  private static final RoomKey ODD = new RoomKey(Dialect.PYRYCODE, "a/b %\"ü\n");
  private static final RoomKey MAC = new RoomKey(Dialect.TERMONMAC, "mac");

  private final OpsNode open = new OpsNode();

  @BeforeAll
  void start() {
    open.start();
  }

  @AfterAll
  void stop() {
    open.stop();
  }

  @BeforeEach
  void reset() {
    open.reset();
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
            json(
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
            json(
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

  private static SocketDescription socket(long number, RoomKey room, Role role) {
    return new SocketDescription(number, room, role, T0, 1, 20, 3, 40);
  }
}
