package relay.http.socket.pyrycode;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.http.javadsl.model.HttpMethods;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import relay.core.room.CloseCause;
import relay.core.room.Dialect;
import relay.core.room.Refusal;
import relay.core.room.RoomKey;
import relay.core.room.entity.RoomCommand;
import relay.core.room.entity.RoomNotice;
import relay.http.socket.Delivery;
import relay.http.socket.FakeSocket;
import relay.http.testing.LogLines;

/** {@code /v1/server} from the request to the end of the socket (pyrycode 4.3 to 4.5). */
class ServerEndpointTest {
  @AutoClose("shutdownTestKit")
  private static final ActorTestKit TEST_KIT = ActorTestKit.create();

  @AutoClose private final LogLines log = new LogLines();
  private final RouteStage routes = new RouteStage(TEST_KIT.system());
  private final Stage stage = routes.stage;

  @Test
  void validUpgradeRegistersBinary() {
    FakeSocket binary = FakeSocket.open(routes.upgrade(RouteStage.server()), 900);

    assertThat(binary.isHeld()).isTrue();
    assertThat(stage.rooms.rooms()).containsExactly(new RoomKey(Dialect.PYRYCODE, "srv"));
    assertThat(stage.rooms.next())
        .singleElement()
        .isInstanceOfSatisfying(
            RoomCommand.AttachAgent.class,
            attach -> {
              assertThat(attach.socket()).isEqualTo(binary.address());
              assertThat(attach.connection()).matches("server-srv-[0-9a-f]{8}");
            });

    binary.tell(new RoomNotice.AgentGranted(900, 1, false));

    assertThat(binary.isHeld()).isFalse();
    assertThat(binary.queued()).isEmpty();
    assertThat(stage.connected.binaries()).isOne();
    assertThat(stage.meters.counts()).isEqualTo(Map.of("server accept", 1));
    assertThat(log.lines())
        .containsExactly(
            "INFO server_claimed {server_id=srv, binary_version=1.2.3, remote=192.0.2.7:50007}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"X-Pyrycode-Server", "X-Pyrycode-Version", "User-Agent"})
  void headerGate400(String header) {
    routes.assertRefusedWithout(header, "/v1/server", RouteStage.BINARY);

    assertThat(stage.meters.counts()).isEqualTo(Map.of("server reject_headers", 2));
    assertThat(stage.rooms.next()).isEmpty();
    assertThat(log.lines()).isEmpty();
    assertThat(routes.cap().taken()).isZero();
  }

  @Test
  void duplicateClaim4409() {
    FakeSocket newcomer = stage.arrivingBinary();
    stage.rooms.next();

    newcomer.tell(new RoomNotice.Refused(900, Refusal.ALREADY_CLAIMED));

    assertThat(newcomer.closes())
        .containsExactly(
            new FakeSocket.Close(4409, "server-id already claimed", CloseCause.REFUSED, true));
    assertThat(stage.meters.counts()).isEqualTo(Map.of("server reject_409", 1, "server_in_use", 1));
    assertThat(log.lines())
        .containsExactly("INFO server_id_conflict {server_id=srv, remote=192.0.2.7:50007}");

    newcomer.end(CloseCause.REFUSED, 4409);

    assertThat(stage.rooms.next()).as("it never held the slot").isEmpty();
    assertThat(stage.connected.binaries()).isZero();
    assertThat(stage.cap.taken()).isZero();
  }

  @Test
  void peerCloseReleasesSlot() {
    FakeSocket binary = stage.binary();

    binary.end(CloseCause.PEER_CLOSED, 1000);

    assertThat(stage.rooms.next())
        .containsExactly(new RoomCommand.Detach(binary.address(), CloseCause.PEER_CLOSED, 1000));
    assertThat(stage.connected.binaries()).isZero();
    assertThat(stage.cap.taken()).isZero();
    assertThat(log.lines())
        .endsWith(
            "INFO binary_forwarder_read_end {server_id=srv,"
                + " binary_conn_id=server-srv-0000aaaa, err=peer closed 1000}",
            "INFO server_released {server_id=srv}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "DELETE", "HEAD", "OPTIONS", "PATCH"})
  void wrongMethodNoPanic(String method) {
    var request = RouteStage.server().withMethod(HttpMethods.lookup(method).orElseThrow());

    assertThat(routes.status(request)).isEqualTo(405);
    assertThat(routes.cap().taken()).isZero();
  }

  @Test
  void unresponsiveIncumbentTakenOver() {
    FakeSocket incumbent = stage.binary();

    incumbent.tell(new RoomNotice.Close(900, 1011, "heartbeat timeout", CloseCause.TAKEN_OVER));

    assertThat(incumbent.closes())
        .containsExactly(
            new FakeSocket.Close(1011, "heartbeat timeout", CloseCause.TAKEN_OVER, true));
    assertThat(stage.connected.binaries()).isZero();

    incumbent.end(CloseCause.TAKEN_OVER, 1011);

    assertThat(log.lines()).noneMatch(line -> line.contains("server_released"));
  }

  @Test
  void aNewcomerThatTookOverIsAccepted() {
    FakeSocket newcomer = stage.arrivingBinary();

    newcomer.tell(new RoomNotice.AgentGranted(900, 7, true));

    assertThat(stage.meters.counts()).isEqualTo(Map.of("server accept", 1));
    assertThat(log.lines())
        .containsExactly(
            "INFO server_id_takeover {server_id=srv, remote=192.0.2.7:50007}",
            "INFO server_claimed {server_id=srv, binary_version=1.2.3, remote=192.0.2.7:50007}");
  }

  @Test
  void aProbeIsAnsweredWhenThePeerAnswersIt() {
    FakeSocket incumbent = stage.binary();

    incumbent.tell(new RoomNotice.Probe(900, 41));
    assertThat(incumbent.pings()).containsExactly("1");
    incumbent.pong("0");
    incumbent.pong("2");
    incumbent.pong("nonsense");
    assertThat(stage.rooms.next()).isEmpty();

    incumbent.pong("1");
    incumbent.pong("1");
    assertThat(stage.rooms.next())
        .containsExactly(new RoomCommand.ProbeAnswered(incumbent.address(), 41));
  }

  @Test
  void aLaterPongAnswersAProbeToo() {
    FakeSocket incumbent = stage.binary();

    incumbent.tell(new RoomNotice.Probe(900, 41));
    incumbent.tell(new RoomNotice.Probe(900, 42));
    incumbent.pong("2");

    assertThat(stage.rooms.next())
        .containsExactly(new RoomCommand.ProbeAnswered(incumbent.address(), 42));
  }

  @Test
  void stalledPhoneLiveIncumbentKeepsSlot() {
    FakeSocket incumbent = stage.binary();
    FakeSocket phone = stage.phone(1);
    Stage.introduce(incumbent, 1);
    phone.fill();
    incumbent.message(Stage.envelope(1, "{\"big\":true}"));

    incumbent.tell(new RoomNotice.Probe(900, 41));
    incumbent.pong("1");

    assertThat(stage.rooms.next())
        .containsExactly(new RoomCommand.ProbeAnswered(incumbent.address(), 41));
    assertThat(incumbent.closes()).isEmpty();
  }

  @Test
  void anUnansweredClaimIsAskedAgainAndGivenUp() {
    FakeSocket binary = stage.arrivingBinary();
    stage.rooms.next();

    binary.advance(Duration.ofMillis(4_999));
    assertThat(stage.rooms.next()).isEmpty();
    binary.advance(Duration.ofMillis(1));
    assertThat(stage.rooms.next())
        .containsExactly(new RoomCommand.AttachAgent(binary.address(), "server-srv-0000aaaa"));
    binary.advance(Duration.ofSeconds(16));
    assertThat(binary.closes()).isEmpty();
    assertThat(stage.rooms.next()).hasSize(3);

    binary.advance(Duration.ofSeconds(1));
    assertThat(binary.closes())
        .containsExactly(
            new FakeSocket.Close(1011, "room unavailable", CloseCause.ROOM_UNAVAILABLE, true));
    binary.end(CloseCause.ROOM_UNAVAILABLE, 1011);
    assertThat(stage.rooms.next())
        .as("the room may have granted the slot without being heard")
        .containsExactly(
            new RoomCommand.Detach(binary.address(), CloseCause.ROOM_UNAVAILABLE, 1011));
    assertThat(stage.meters.counts()).isEmpty();
  }

  @Test
  void aSlotGrantedAfterARefusalIsGivenBack() {
    FakeSocket binary = stage.arrivingBinary();
    stage.rooms.next();
    binary.tell(new RoomNotice.Refused(900, Refusal.ALREADY_CLAIMED));

    binary.tell(new RoomNotice.AgentGranted(900, 9, false));
    binary.end(CloseCause.REFUSED, 4409);

    assertThat(stage.rooms.next())
        .containsExactly(new RoomCommand.Detach(binary.address(), CloseCause.REFUSED, 4409));
    assertThat(stage.meters.counts()).doesNotContainKey("server accept");
  }

  @Test
  void aGrantHeardTwiceIsOneGrant() {
    FakeSocket binary = stage.binary();

    binary.tell(new RoomNotice.AgentGranted(900, Stage.EPOCH, false));

    assertThat(stage.meters.counts()).isEqualTo(Map.of("server accept", 1));
    assertThat(stage.connected.binaries()).isOne();
  }

  @Test
  void aBinaryThatIsNotReadYetIsNotPingedEither() {
    FakeSocket binary = stage.arrivingBinary();

    binary.advance(Duration.ofSeconds(21));

    assertThat(binary.pings()).isEmpty();
    assertThat(binary.isHeld()).isTrue();
  }

  @Test
  void framesOfAnotherEpochAreNotForThisBinary() {
    FakeSocket binary = stage.binary();

    binary.deliver(Delivery.FRAME, Stage.EPOCH - 1, "{\"old\":1}", 0);
    binary.deliver(Delivery.NOTICE, Stage.EPOCH + 1, "{\"new\":1}", 0);
    binary.deliver(Delivery.FRAME, Stage.EPOCH, "{\"mine\":1}", 0);

    assertThat(binary.queued()).containsExactly("{\"mine\":1}");
  }

  @Test
  void aBinaryWhoseQueueIsFullLosesItsConnection() {
    FakeSocket binary = stage.binary();
    binary.fill();

    binary.deliver(Delivery.FRAME, Stage.EPOCH, "{}", 0);

    assertThat(binary.closes())
        .containsExactly(
            new FakeSocket.Close(1011, "binary backlog full", CloseCause.BACKLOG_FULL, true));
  }
}
