package relay.http.socket.pyrycode;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import relay.core.room.CloseCause;
import relay.core.room.entity.RoomNotice;
import relay.http.socket.Delivery;
import relay.http.socket.FakeSocket;
import relay.http.testing.LogLines;

/** What a phone makes of its binary's frames and directives (pyrycode 3.5, 3.8). */
class PhoneOutboxTest {
  @AutoClose private final LogLines log = new LogLines();
  private final Stage stage = new Stage();

  @Test
  void stalledPhoneDoesNotBlockOthers() {
    FakeSocket binary = stage.binary();
    FakeSocket stalled = stage.phone(1);
    FakeSocket other = stage.phone(2);
    Stage.introduce(binary, 1);
    Stage.introduce(binary, 2);
    stalled.fill();

    binary.message(Stage.envelope(1, "1"));
    binary.message(Stage.envelope(2, "2"));

    assertThat(other.queued()).containsExactly("2");
    assertThat(binary.closes()).isEmpty();
  }

  @Test
  void phoneQueueDeliversAndStopsOnDisconnect() {
    FakeSocket binary = stage.binary();
    FakeSocket phone = stage.phone(1);
    Stage.introduce(binary, 1);
    binary.message(Stage.envelope(1, "1"));

    phone.end(CloseCause.PEER_DROPPED, 0);
    binary.lose(phone.address());
    binary.message(Stage.envelope(1, "2"));

    assertThat(phone.queued()).containsExactly("1");
    assertThat(binary.closes()).isEmpty();
  }

  @Test
  void closeDirectiveWaitsForEarlierFrames() {
    FakeSocket binary = stage.binary();
    FakeSocket phone = stage.phone(1);
    Stage.introduce(binary, 1);

    binary.message(Stage.envelope(1, "1"));
    binary.message(Stage.envelope(1, "2"));
    binary.message(Stage.directive(1, "3", 4401));
    binary.message(Stage.envelope(1, "4"));

    assertThat(phone.queued()).containsExactly("1", "2", "3", "close 4401");
    assertThat(phone.closes())
        .containsExactly(new FakeSocket.Close(4401, "", CloseCause.CLOSED_BY_AGENT, false));
  }

  @Test
  void framesThatFollowADirectiveAreDroppedHereToo() {
    FakeSocket phone = stage.phone(1);

    phone.deliver(Delivery.CLOSE, Stage.EPOCH, "", 4401);
    phone.deliver(Delivery.FRAME, Stage.EPOCH, "4", 0);
    phone.deliver(Delivery.CLOSE, Stage.EPOCH, "", 4402);

    assertThat(phone.queued()).containsExactly("close 4401");
  }

  @Test
  void aDirectiveIsCarriedOutThoughTheRoomHasNoMoreUseForThePhone() {
    FakeSocket phone = stage.phone(1);

    phone.deliver(Delivery.FRAME, Stage.EPOCH, "3", 4401);
    phone.tell(new RoomNotice.Close(1, 4404, "binary reclaimed server-id", CloseCause.RECLAIMED));

    assertThat(phone.queued()).containsExactly("3", "close 4401");
    assertThat(phone.closes()).hasSize(1);
  }

  @Test
  void backlogFullCloses1011() {
    FakeSocket phone = stage.phone(1);
    phone.fill();

    phone.deliver(Delivery.FRAME, Stage.EPOCH, "{}", 0);
    phone.deliver(Delivery.FRAME, Stage.EPOCH, "{}", 0);

    assertThat(phone.closes())
        .containsExactly(
            new FakeSocket.Close(1011, "phone backlog full", CloseCause.BACKLOG_FULL, true));
    assertThat(log.lines())
        .filteredOn(line -> line.contains("enqueue_failed"))
        .containsExactly(
            "INFO binary_forwarder_phone_enqueue_failed {server_id=srv,"
                + " conn_id=client-srv-00000001, err=phone backlog full}");

    phone.end(CloseCause.BACKLOG_FULL, 1011);
    assertThat(phone.handed())
        .containsExactly(
            new FakeSocket.Handed(
                Stage.AGENT, Delivery.NOTICE, Stage.EPOCH, Stage.closeNotice(1, 1011), 0));
  }

  @Test
  void aDirectiveThatOverflowsKeepsItsCode() {
    FakeSocket phone = stage.phone(1);
    phone.fill();

    phone.deliver(Delivery.FRAME, Stage.EPOCH, "{}", 4401);
    phone.end(CloseCause.CLOSED_BY_AGENT, 4401);

    assertThat(phone.closes())
        .containsExactly(
            new FakeSocket.Close(4401, "phone backlog full", CloseCause.CLOSED_BY_AGENT, true));
    assertThat(phone.handed()).as("the binary asked for it").isEmpty();
  }

  @Test
  void writeFailureCountsNothing() {
    FakeSocket phone = stage.phone(1);
    phone.deliver(Delivery.FRAME, Stage.EPOCH, "{}", 0);

    phone.end(CloseCause.WRITE_TIMEOUT, 0);

    assertThat(stage.meters.counts()).doesNotContainKey("binary_to_phone");
    assertThat(log.lines())
        .contains(
            "INFO binary_forwarder_phone_send_failed {server_id=srv,"
                + " conn_id=client-srv-00000001, err=write timeout}");
  }

  @Test
  void countsWrittenFrames() {
    FakeSocket phone = stage.phone(1);
    phone.deliver(Delivery.FRAME, Stage.EPOCH, "1", 0);
    phone.deliver(Delivery.FRAME, Stage.EPOCH, "2", 4401);

    phone.wrote(2);
    phone.end(CloseCause.CLOSED_BY_AGENT, 4401);

    assertThat(stage.meters.counts()).containsEntry("binary_to_phone", 2);
    assertThat(log.lines()).anyMatch(line -> line.contains("binary_forwarder_phone_closed "));
  }

  @Test
  void burstDeliveredInOrder() {
    FakeSocket binary = stage.binary();
    FakeSocket phone = stage.phone(1);
    Stage.introduce(binary, 1);
    List<String> frames =
        IntStream.range(0, 300).mapToObj(i -> "\"" + i + "x".repeat(1_024) + "\"").toList();

    frames.forEach(frame -> binary.message(Stage.envelope(1, frame)));

    assertThat(phone.queued()).isEqualTo(frames);
  }

  /** The socket knows what 1005 and unsendable codes mean; the dialect passes on what was asked. */
  @ParameterizedTest
  @ValueSource(ints = {1, 999, 1004, 1005, 1006, 1015, 2999, 3000, 4999, 5000, 65_535})
  void anyCodeOfTheBinaryIsUsed(int code) {
    FakeSocket phone = stage.phone(1);

    phone.deliver(Delivery.CLOSE, Stage.EPOCH, "", code);

    assertThat(phone.closes())
        .containsExactly(new FakeSocket.Close(code, "", CloseCause.CLOSED_BY_AGENT, false));
  }
}
