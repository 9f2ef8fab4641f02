package relay.http.socket.pyrycode;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import relay.core.room.CloseCause;
import relay.core.room.entity.RoomCommand;
import relay.core.room.entity.RoomNotice;
import relay.http.socket.Delivery;
import relay.http.socket.FakeSocket;
import relay.http.testing.LogLines;

/** From a phone to its binary (pyrycode 3.3). */
class PhoneForwarderTest {
  @AutoClose private final LogLines log = new LogLines();
  private final Stage stage = new Stage();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"v\":2,\"type\":\"noise_msg\",\"data\":\"AA==\"}",
        "null",
        "17",
        "\"<&>\"",
        " [ 1 , 2 ] ",
        "{\"conn_id\":\"client-other-00000000\",\"close_code\":1000}"
      })
  void forwardsFramesBytewise(String frame) {
    FakeSocket phone = stage.phone(1);

    phone.message(frame);

    assertThat(phone.handed())
        .containsExactly(
            new FakeSocket.Handed(
                Stage.AGENT, Delivery.FRAME, Stage.EPOCH, Stage.envelope(1, frame), 0));
    assertThat(phone.closes()).isEmpty();
  }

  @Test
  void phoneDisconnectLeavesRegistryCleanable() {
    FakeSocket phone = stage.phone(1);
    phone.message("{}");

    phone.end(CloseCause.PEER_DROPPED, 0);

    assertThat(stage.rooms.next())
        .containsExactly(new RoomCommand.Detach(phone.address(), CloseCause.PEER_DROPPED, 0));
    assertThat(phone.closes()).isEmpty();
  }

  @Test
  void noBinaryReturnsNil() {
    FakeSocket phone = stage.phone(1);
    phone.tell(new RoomNotice.AgentLeft(1, Stage.EPOCH, 1_000, CloseCause.PEER_DROPPED));
    phone.advance(Duration.ofSeconds(1));

    phone.message("{}");

    assertThat(phone.closes())
        .containsExactly(new FakeSocket.Close(1000, "", CloseCause.NO_AGENT, true));
    assertThat(log.lines())
        .endsWith("INFO phone_forwarder_no_binary {server_id=srv, conn_id=client-srv-00000001}");
  }

  @Test
  void aBinaryKnownToBeGoneEndsThePhone() {
    FakeSocket phone = stage.phone(1);
    phone.lose(Stage.AGENT);

    phone.message("{}");
    phone.message("{}");

    assertThat(phone.closes())
        .containsExactly(new FakeSocket.Close(1000, "", CloseCause.NO_AGENT, true));
    assertThat(log.lines())
        .filteredOn(line -> line.startsWith("INFO phone_forwarder_send_failed "))
        .hasSize(1);
    phone.end(CloseCause.NO_AGENT, 1000);
    assertThat(log.lines()).noneMatch(line -> line.contains("notice"));
  }

  @Test
  void contextCancellationReturns() {
    FakeSocket phone = stage.phone(1);

    phone.tell(new RoomNotice.Close(1, 1001, "shutting down", CloseCause.DRAINED));
    phone.message("{}");

    assertThat(phone.handed()).isEmpty();
    assertThat(phone.closes())
        .containsExactly(new FakeSocket.Close(1001, "shutting down", CloseCause.DRAINED, true));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "nope", "{\"a\":1", "{} {}", "{'a':1}"})
  void nonJsonFrameTearsDown(String frame) {
    FakeSocket phone = stage.phone(1);

    phone.message(frame);
    phone.message("{\"after\":1}");

    assertThat(phone.handed()).isEmpty();
    assertThat(phone.closes())
        .containsExactly(new FakeSocket.Close(1000, "", CloseCause.BAD_MESSAGE, true));
    assertThat(log.lines())
        .endsWith(
            "WARN phone_forwarder_marshal_err {server_id=srv, conn_id=client-srv-00000001,"
                + " err=frame is not valid JSON}");

    phone.end(CloseCause.BAD_MESSAGE, 1000);

    assertThat(phone.handed())
        .containsExactly(
            new FakeSocket.Handed(
                Stage.AGENT, Delivery.NOTICE, Stage.EPOCH, Stage.closeNotice(1, 1000), 0));
    assertThat(log.lines()).noneMatch(line -> line.contains("read_end"));
    assertThat(stage.connected.phones()).isZero();
  }

  @Test
  void bytesThatAreNoTextAreNotJson() {
    FakeSocket phone = stage.phone(1);

    phone.message(new byte[] {'"', (byte) 0xc3, '"'});

    assertThat(phone.closes()).hasSize(1);
  }

  @Test
  void payloadsAreNotLogged() {
    FakeSocket phone = stage.phone(1);

    phone.message("{\"secret\":\"swordfish\"");
    phone.message("swordfish".getBytes(StandardCharsets.UTF_8));
    phone.end(CloseCause.BAD_MESSAGE, 1000);

    assertThat(log.lines()).noneMatch(line -> line.contains("swordfish"));
  }
}
