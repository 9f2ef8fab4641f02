package relay.http.socket.pyrycode;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import relay.core.room.CloseCause;
import relay.core.room.Refusal;
import relay.core.room.entity.RoomCommand;
import relay.core.room.entity.RoomNotice;
import relay.http.socket.Closure;
import relay.http.socket.FakeSocket;
import relay.http.testing.LogLines;

/** {@code /v1/client} from the request to the room's answer (pyrycode 4.2, 4.5). */
class ClientEndpointTest {
  @AutoClose("shutdownTestKit")
  private static final ActorTestKit TEST_KIT = ActorTestKit.create();

  @AutoClose private final LogLines log = new LogLines();
  private final RouteStage routes = new RouteStage(TEST_KIT.system());
  private final Stage stage = routes.stage;

  @Test
  void validUpgradeRegistersPhone() {
    Map<String, String> named = Map.of("X-Pyrycode-Device-Name", "JÃ¼rgen's phone");
    FakeSocket phone =
        FakeSocket.open(
            routes.upgrade(
                RouteStage.request("/v1/client", RouteStage.HANDSHAKE, RouteStage.PHONE, named)),
            1);
    RoomCommand.AttachPhone attach = (RoomCommand.AttachPhone) stage.rooms.next().getFirst();
    assertThat(attach.connection()).matches("client-srv-[0-9a-f]{8}");
    assertThat(phone.isHeld()).isTrue();

    phone.tell(new RoomNotice.PhoneGranted(1, 1, Stage.AGENT, 0));

    assertThat(phone.isHeld()).isFalse();
    assertThat(stage.connected.phones()).isOne();
    assertThat(stage.meters.counts()).isEqualTo(Map.of("client accept", 1));
    assertThat(log.lines())
        .containsExactly(
            "INFO phone_registered {server_id=srv, conn_id="
                + attach.connection()
                + ", device_name=Jürgen's phone, remote=192.0.2.7:50007}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"X-Pyrycode-Server", "X-Pyrycode-Token", "User-Agent"})
  void headerGate400(String header) {
    routes.assertRefusedWithout(header, "/v1/client", RouteStage.PHONE);

    assertThat(stage.meters.counts()).isEqualTo(Map.of("client reject_headers", 2));
    assertThat(stage.rooms.next()).isEmpty();
    assertThat(log.lines()).isEmpty();
    assertThat(routes.cap().taken()).isZero();
  }

  @Test
  void noBinary4404() {
    FakeSocket phone = stage.arrivingPhone(1);
    stage.rooms.next();

    phone.tell(new RoomNotice.Refused(1, Refusal.NO_AGENT));

    assertThat(phone.closes())
        .containsExactly(
            new FakeSocket.Close(4404, "no server with that id", CloseCause.REFUSED, true));
    assertThat(stage.meters.counts()).isEqualTo(Map.of("client reject_404", 1, "no_server", 1));
    assertThat(log.lines())
        .containsExactly("INFO phone_register_no_server {server_id=srv, remote=192.0.2.7:50007}");

    phone.end(CloseCause.REFUSED, 4404);

    assertThat(stage.rooms.next()).isEmpty();
    assertThat(log.lines()).hasSize(1);
    assertThat(stage.cap.taken()).isZero();
  }

  @Test
  void atCap4429() {
    FakeSocket inside = stage.phone(1);
    FakeSocket phone = stage.arrivingPhone(2);

    phone.tell(new RoomNotice.Refused(2, Refusal.TOO_MANY_PHONES));

    assertThat(phone.closes())
        .containsExactly(
            new FakeSocket.Close(4429, "too many phones for server-id", CloseCause.REFUSED, true));
    assertThat(stage.meters.counts())
        .containsEntry("client reject_429", 1)
        .containsEntry("phones_at_cap", 1);
    assertThat(log.lines())
        .endsWith("INFO phone_register_at_cap {server_id=srv, remote=192.0.2.7:50007}");
    assertThat(inside.closes()).isEmpty();
    assertThat(stage.connected.phones()).isOne();
  }

  @Test
  void deviceNameOptionalHandlerAccepts() {
    FakeSocket phone = FakeSocket.open(routes.upgrade(RouteStage.client()), 1);

    phone.tell(new RoomNotice.PhoneGranted(1, 1, Stage.AGENT, 0));

    assertThat(log.lines().getFirst()).contains("device_name=, ");
  }

  @Test
  void multiplePhonesIndependentLifecycle() {
    FakeSocket first = stage.phone(1);
    FakeSocket second = stage.phone(2);

    first.end(CloseCause.PEER_CLOSED, 1000);
    second.message("{}");

    assertThat(stage.connected.phones()).isOne();
    assertThat(second.closes()).isEmpty();
    assertThat(second.handed()).hasSize(1);
  }

  @Test
  void anUnansweredPhoneAsksAgainAndGivesUp() {
    FakeSocket phone = stage.arrivingPhone(1);
    stage.rooms.next();

    phone.advance(Duration.ofSeconds(5));
    assertThat(stage.rooms.next())
        .containsExactly(new RoomCommand.AttachPhone(phone.address(), Stage.connId(1)));
    phone.advance(Duration.ofMillis(6_999));
    assertThat(phone.closes()).isEmpty();

    phone.advance(Duration.ofMillis(1));
    assertThat(phone.closes())
        .containsExactly(
            new FakeSocket.Close(1011, "room unavailable", CloseCause.ROOM_UNAVAILABLE, true));
    stage.rooms.next();
    phone.end(CloseCause.ROOM_UNAVAILABLE, 1011);
    assertThat(stage.rooms.next())
        .containsExactly(
            new RoomCommand.Detach(phone.address(), CloseCause.ROOM_UNAVAILABLE, 1011));
  }

  @Test
  void aPhoneRefusedOnceButAskedTwiceGivesItsSlotBack() {
    FakeSocket phone = stage.arrivingPhone(1);
    phone.advance(Duration.ofSeconds(5));
    stage.rooms.next();

    phone.tell(new RoomNotice.Refused(1, Refusal.NO_AGENT));
    phone.end(CloseCause.REFUSED, 4404);

    assertThat(stage.rooms.next())
        .containsExactly(new RoomCommand.Detach(phone.address(), CloseCause.REFUSED, 4404));
  }

  @Test
  void aPhoneThatLeavesBeforeTheAnswerGivesItsSlotBack() {
    FakeSocket phone = stage.arrivingPhone(1);
    stage.rooms.next();

    phone.end(CloseCause.PEER_DROPPED, 0);

    assertThat(stage.rooms.next())
        .containsExactly(new RoomCommand.Detach(phone.address(), CloseCause.PEER_DROPPED, 0));
    assertThat(stage.meters.counts()).isEmpty();
    assertThat(log.lines()).isEmpty();
  }

  @Test
  void messagesBeforeTheSlotAreNotForwarded() {
    FakeSocket phone = stage.arrivingPhone(1);

    phone.message("{}");

    assertThat(phone.handed()).isEmpty();
    assertThat(phone.log()).containsExactly("hold");
  }

  @Test
  void aConnectionThatNeverOpenedGivesItsPlaceBack() {
    var handler = routes.upgrade(RouteStage.client());
    assertThat(routes.cap().taken()).isOne();

    handler.closed(new Closure(CloseCause.PEER_DROPPED, 0));

    assertThat(routes.cap().taken()).isZero();
    assertThat(stage.rooms.next()).isEmpty();
  }
}
