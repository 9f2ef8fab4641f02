package relay.http.socket.pyrycode;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import relay.core.room.CloseCause;
import relay.core.room.SocketAddress;
import relay.core.room.entity.RoomNotice;
import relay.http.push.PushRefusal;
import relay.http.socket.Delivery;
import relay.http.socket.FakeSocket;
import relay.http.testing.LogLines;

/**
 * What a binary asks of the relay itself: to close a phone, to wake a device (pyrycode 3.5, 7.1).
 */
class BinaryDirectivesTest {
  @AutoClose private final LogLines log = new LogLines();
  private final Stage stage = new Stage();
  private final FakeSocket binary = stage.binary();

  private static FakeSocket.Handed handed(
      long phone, Delivery delivery, String text, int closeCode) {
    return new FakeSocket.Handed(
        new SocketAddress("edge", phone), delivery, Stage.EPOCH, text, closeCode);
  }

  @Test
  void closeDirectiveNoFrameClosesPhone() {
    Stage.introduce(binary, 1);
    Stage.introduce(binary, 2);

    binary.message(Stage.directive(1, "null", 4401));
    binary.message("{\"conn_id\":\"client-srv-00000002\",\"close_code\":4408}");
    binary.message(Stage.envelope(2, "1"));

    assertThat(binary.handed())
        .containsExactly(handed(1, Delivery.CLOSE, "", 4401), handed(2, Delivery.CLOSE, "", 4408));
  }

  @Test
  void closeDirectiveWithFrameForwardsThenCloses() {
    Stage.introduce(binary, 1);

    binary.message(Stage.directive(1, "{\"e\":1}", 4401));

    assertThat(binary.handed()).containsExactly(handed(1, Delivery.FRAME, "{\"e\":1}", 4401));
  }

  @Test
  void framesAfterADirectiveAreRefused() {
    Stage.introduce(binary, 1);
    binary.message(Stage.directive(1, "null", 4401));

    binary.message(Stage.envelope(1, "{\"late\":1}"));
    binary.message(Stage.directive(1, "null", 4402));

    assertThat(binary.handed()).containsExactly(handed(1, Delivery.CLOSE, "", 4401));
    assertThat(log.lines())
        .endsWith(
            "INFO binary_forwarder_phone_enqueue_failed {server_id=srv,"
                + " conn_id=client-srv-00000001, err=phone outbox closed}");
  }

  @Test
  void ofADismissedPhoneLostWithItsNodeTheBinaryIsToldNothing() {
    Stage.introduce(binary, 1);
    binary.message("{\"conn_id\":\"" + Stage.connId(1) + "\",\"close_code\":4401}");
    binary.tell(
        new RoomNotice.PhoneLeft(900, Stage.EPOCH, Stage.connId(1), true, CloseCause.PEER_DROPPED));

    assertThat(binary.queued()).isEmpty();
  }

  @Test
  void pushWakeDispatchedOffReadLoop() {
    Stage.introduce(binary, 1);

    binary.message("{\"push_wake\":{\"platform\":\"fcm\",\"token\":\"t\"}}");
    binary.message(Stage.envelope(1, "1"));

    assertThat(stage.wakes).containsExactly("srv {\"platform\":\"fcm\",\"token\":\"t\"}");
    assertThat(binary.handed()).containsExactly(handed(1, Delivery.FRAME, "1", 0));
    assertThat(log.lines()).noneMatch(line -> line.contains("push_wake"));
    assertThat(binary.queued()).as("nothing is sent back").isEmpty();
  }

  @ParameterizedTest
  @EnumSource(PushRefusal.class)
  void pushWakeDropsAndContinues(PushRefusal why) {
    Stage.introduce(binary, 1);
    stage.wakeAnswer = Optional.of(why);

    binary.message("{\"push_wake\":{\"platform\":\"apns\",\"token\":\"device-token\"}}");
    binary.message(
        "{\"conn_id\":\"client-srv-00000001\",\"frame\":2,\"push_wake\":{\"token\":\"other\"}}");

    assertThat(binary.handed()).containsExactly(handed(1, Delivery.FRAME, "2", 0));
    assertThat(stage.wakes).hasSize(1);
    assertThat(log.lines())
        .endsWith(
            "WARN binary_forwarder_push_wake_dropped {server_id=srv,"
                + " binary_conn_id=server-srv-0000aaaa, err="
                + why.text()
                + "}")
        .noneMatch(line -> line.contains("device-token") || line.contains("other"));
  }
}
