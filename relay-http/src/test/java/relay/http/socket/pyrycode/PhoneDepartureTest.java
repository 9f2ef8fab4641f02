package relay.http.socket.pyrycode;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import relay.core.room.CloseCause;
import relay.core.room.entity.RoomCommand;
import relay.core.room.entity.RoomNotice;
import relay.http.socket.Delivery;
import relay.http.socket.FakeSocket;
import relay.http.testing.LogLines;

/** What is said when a phone's connection has ended (pyrycode 3.6, 4.5). */
class PhoneDepartureTest {
  @AutoClose private final LogLines log = new LogLines();
  private final Stage stage = new Stage();

  private static FakeSocket.Handed notice(int code) {
    return new FakeSocket.Handed(
        Stage.AGENT, Delivery.NOTICE, Stage.EPOCH, Stage.closeNotice(1, code), 0);
  }

  @Test
  void peerCloseUnregistersPhone() {
    FakeSocket phone = stage.phone(1);

    phone.end(CloseCause.PEER_CLOSED, 1000);

    assertThat(stage.rooms.next())
        .containsExactly(new RoomCommand.Detach(phone.address(), CloseCause.PEER_CLOSED, 1000));
    assertThat(stage.connected.phones()).isZero();
    assertThat(stage.cap.taken()).isZero();
    assertThat(log.lines().subList(1, 3))
        .containsExactly(
            "INFO phone_forwarder_read_end {server_id=srv, conn_id=client-srv-00000001,"
                + " err=peer closed 1000}",
            "INFO phone_unregistered {server_id=srv, conn_id=client-srv-00000001}");
  }

  @Test
  void phoneCloseNotifiesBinary() {
    FakeSocket binary = stage.binary();
    FakeSocket phone = stage.phone(1);
    Stage.introduce(binary, 1);
    phone.message("{\"last\":1}");

    phone.end(CloseCause.PEER_CLOSED, 4001);

    assertThat(binary.queued())
        .containsExactly(Stage.envelope(1, "{\"last\":1}"), Stage.closeNotice(1, 4001));
  }

  @Test
  void phoneDropNotifiesBinaryGoingAway() {
    FakeSocket phone = stage.phone(1);

    phone.end(CloseCause.PEER_DROPPED, 0);

    assertThat(phone.handed()).containsExactly(notice(1001));
  }

  @ParameterizedTest
  @CsvSource({"PEER_CLOSED, 1005", "HEARTBEAT_TIMEOUT, 1011", "DRAINED, 1001", "NODE_LOST, 1001"})
  void theNoticeCarriesTheCodeThatWasUsed(CloseCause cause, int code) {
    FakeSocket phone = stage.phone(1);
    if (cause == CloseCause.DRAINED || cause == CloseCause.NODE_LOST) {
      phone.tell(new RoomNotice.Close(1, code, "shutting down", cause));
    }

    phone.end(cause, code);

    assertThat(phone.handed()).containsExactly(notice(code));
  }

  @Test
  void binaryRequestedCloseNoNotice() {
    FakeSocket phone = stage.phone(1);

    phone.deliver(Delivery.CLOSE, Stage.EPOCH, "", 4401);
    phone.end(CloseCause.CLOSED_BY_AGENT, 4401);

    assertThat(phone.handed()).isEmpty();
    assertThat(stage.rooms.next())
        .containsExactly(new RoomCommand.Detach(phone.address(), CloseCause.CLOSED_BY_AGENT, 4401));
    assertThat(log.lines().subList(1, 4))
        .containsExactly(
            "INFO binary_forwarder_phone_closed {server_id=srv, conn_id=client-srv-00000001,"
                + " close_code=4401}",
            "INFO phone_forwarder_read_end {server_id=srv, conn_id=client-srv-00000001,"
                + " err=closed by agent 4401}",
            "INFO phone_unregistered {server_id=srv, conn_id=client-srv-00000001}");
  }

  @ParameterizedTest
  @EnumSource(
      value = CloseCause.class,
      names = {"RECLAIMED", "TAKEN_OVER", "GRACE_EXPIRED", "FORGOTTEN"})
  void binaryReplacedNoNotice(CloseCause cause) {
    FakeSocket phone = stage.phone(1);

    phone.tell(new RoomNotice.Close(1, 4404, "binary reclaimed server-id", cause));

    assertThat(phone.closes())
        .containsExactly(new FakeSocket.Close(4404, "binary reclaimed server-id", cause, true));
    assertThat(stage.connected.phones()).as("it is out of the room at once").isZero();
    phone.end(cause, 4404);
    assertThat(phone.handed()).isEmpty();
    assertThat(stage.connected.phones()).isZero();
  }

  @Test
  void aPhoneWhoseBinaryIsAwayNotifiesNobody() {
    FakeSocket phone = stage.phone(1);
    phone.tell(new RoomNotice.AgentLeft(1, Stage.EPOCH, 30_000, CloseCause.PEER_DROPPED));

    phone.end(CloseCause.PEER_CLOSED, 1000);

    assertThat(phone.handed()).isEmpty();
    assertThat(stage.rooms.next()).hasSize(1);
  }

  @Test
  void aNoticeThatCannotBeSentIsLogged() {
    FakeSocket phone = stage.phone(1);
    phone.lose(Stage.AGENT);

    phone.end(CloseCause.PEER_CLOSED, 1000);

    assertThat(log.lines())
        .contains(
            "INFO phone_close_notice_send_failed {server_id=srv, conn_id=client-srv-00000001,"
                + " close_code=1000, err=binary connection is closed}");
  }

  @Test
  void aLastFrameThatWasNotWrittenIsLogged() {
    FakeSocket phone = stage.phone(1);

    phone.deliver(Delivery.FRAME, Stage.EPOCH, "{\"bye\":1}", 4401);
    phone.end(CloseCause.WRITE_TIMEOUT, 0);

    assertThat(log.lines())
        .contains(
            "INFO binary_forwarder_close_frame_send_failed {server_id=srv,"
                + " conn_id=client-srv-00000001, close_code=4401, err=write timeout}");
  }

  @Test
  void nothingHappensOnceThePhoneIsClosing() {
    FakeSocket phone = stage.phone(1);
    phone.tell(new RoomNotice.Close(1, 4404, "binary reclaimed server-id", CloseCause.RECLAIMED));

    phone.advance(Duration.ofMinutes(5));
    phone.message("{}");
    phone.deliver(Delivery.FRAME, Stage.EPOCH, "{}", 0);

    assertThat(phone.pings()).isEmpty();
    assertThat(phone.handed()).isEmpty();
    assertThat(phone.queued()).isEqualTo(List.of());
    assertThat(phone.closes()).hasSize(1);
  }
}
