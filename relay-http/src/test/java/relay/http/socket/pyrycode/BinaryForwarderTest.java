package relay.http.socket.pyrycode;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import relay.core.room.CloseCause;
import relay.core.room.SocketAddress;
import relay.core.room.entity.RoomNotice;
import relay.http.socket.Delivery;
import relay.http.socket.FakeSocket;
import relay.http.testing.LogLines;

/** From a binary to its phones (pyrycode 3.4, 3.5). */
class BinaryForwarderTest {
  @AutoClose private final LogLines log = new LogLines();
  private final Stage stage = new Stage();
  private final FakeSocket binary = stage.binary();

  private static FakeSocket.Handed frame(long phone, String text) {
    return handed(phone, Delivery.FRAME, text, 0);
  }

  private static FakeSocket.Handed handed(
      long phone, Delivery delivery, String text, int closeCode) {
    return new FakeSocket.Handed(
        new SocketAddress("edge", phone), delivery, Stage.EPOCH, text, closeCode);
  }

  private List<String> warnings(String event) {
    return log.lines().stream().filter(line -> line.contains(" " + event + " ")).toList();
  }

  @Test
  void routesToAddressedPhone() {
    Stage.introduce(binary, 1);
    Stage.introduce(binary, 2);

    binary.message(Stage.envelope(2, "{ \"a\" : [ 1 ] }"));

    assertThat(binary.handed()).containsExactly(frame(2, "{ \"a\" : [ 1 ] }"));
  }

  @Test
  void multiplePhones() {
    LongStream.rangeClosed(1, 16).forEach(phone -> Stage.introduce(binary, phone));

    LongStream.rangeClosed(1, 16)
        .forEach(phone -> binary.message(Stage.envelope(phone, String.valueOf(phone))));

    assertThat(binary.handed())
        .containsExactlyElementsOf(
            LongStream.rangeClosed(1, 16)
                .mapToObj(phone -> frame(phone, String.valueOf(phone)))
                .toList());
  }

  @Test
  void withoutACapAnyNumberOfPhonesIsAddressed() {
    LongStream.rangeClosed(1, 500).forEach(phone -> Stage.introduce(binary, phone));
    binary.tell(
        new RoomNotice.PhoneLeft(
            900, Stage.EPOCH, Stage.connId(250), false, CloseCause.PEER_DROPPED));

    binary.message(Stage.envelope(499, "1"));
    binary.message(Stage.envelope(250, "2"));

    assertThat(binary.handed()).containsExactly(frame(499, "1"));
  }

  @Test
  void unknownConnIdDropsAndContinues() {
    Stage.introduce(binary, 1);

    binary.message(Stage.envelope(9, "{\"x\":1}"));
    binary.message(Stage.envelope(1, "{\"x\":2}"));

    assertThat(binary.handed()).containsExactly(frame(1, "{\"x\":2}"));
    assertThat(log.lines())
        .endsWith(
            "WARN binary_forwarder_unknown_conn_id {server_id=srv, conn_id=client-srv-00000009}");
    assertThat(binary.closes()).isEmpty();
  }

  @Test
  void aPhoneThatLeftIsUnknown() {
    Stage.introduce(binary, 1);
    binary.tell(
        new RoomNotice.PhoneLeft(
            900, Stage.EPOCH, Stage.connId(1), false, CloseCause.PEER_DROPPED));

    binary.message(Stage.envelope(1, "{}"));

    assertThat(binary.handed()).isEmpty();
    assertThat(warnings("binary_forwarder_unknown_conn_id")).hasSize(1);
  }

  @Test
  void ofAPhoneLostWithItsNodeTheBinaryLearnsHere() {
    Stage.introduce(binary, 1);
    binary.tell(
        new RoomNotice.PhoneLeft(900, Stage.EPOCH, Stage.connId(1), true, CloseCause.PEER_DROPPED));
    binary.tell(
        new RoomNotice.PhoneLeft(900, Stage.EPOCH, Stage.connId(1), true, CloseCause.PEER_DROPPED));

    assertThat(binary.queued())
        .containsExactly("{\"conn_id\":\"" + Stage.connId(1) + "\",\"close_code\":1001}");
  }

  @Test
  void anEndlessConnIdIsNotLoggedWhole() {
    binary.message("{\"conn_id\":\"" + "x".repeat(100_000) + "\",\"frame\":1}");

    assertThat(warnings("binary_forwarder_unknown_conn_id"))
        .singleElement()
        .satisfies(line -> assertThat(line.length()).isLessThan(400));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "not json | malformed envelope",
        "[] | malformed envelope",
        "{\"conn_id\":\"client-srv-00000001\",\"frame\":1,\"close_code\":-1} | malformed envelope",
        "{\"conn_id\":\"client-srv-00000001\",\"close_code\":65536} | malformed envelope",
        "{\"conn_id\":\"client-srv-00000001\",\"close_code\":\"1\"} | malformed envelope",
        "{\"frame\":1} | missing conn_id",
        "{\"conn_id\":\"\",\"close_code\":4401} | missing conn_id",
        "{\"conn_id\":null,\"frame\":1,\"push_wake\":null} | missing conn_id",
        "{\"conn_id\":\"client-srv-00000001\"} | missing frame",
        "{\"conn_id\":\"client-srv-00000001\",\"frame\":null,\"push_wake\":{}} | missing frame"
      })
  void malformedEnvelopeDropsAndContinues(String message, String why) {
    Stage.introduce(binary, 1);

    binary.message(message);
    binary.message(Stage.envelope(1, "true"));

    assertThat(binary.handed()).containsExactly(frame(1, "true"));
    assertThat(binary.closes()).isEmpty();
    assertThat(warnings("binary_forwarder_unmarshal_err"))
        .containsExactly(
            "WARN binary_forwarder_unmarshal_err {server_id=srv,"
                + " binary_conn_id=server-srv-0000aaaa, err="
                + why
                + "}");
  }

  @Test
  void phoneSendErrorDropsAndContinues() {
    Stage.introduce(binary, 1);
    Stage.introduce(binary, 2);
    binary.lose(new SocketAddress("edge", 1));

    binary.message(Stage.envelope(1, "1"));
    binary.message(Stage.envelope(2, "2"));

    assertThat(binary.handed()).containsExactly(frame(2, "2"));
    assertThat(log.lines())
        .endsWith(
            "INFO binary_forwarder_phone_enqueue_failed {server_id=srv,"
                + " conn_id=client-srv-00000001, err=phone connection is closed}");
  }

  @Test
  void binaryDisconnectReturns() {
    binary.end(CloseCause.PEER_DROPPED, 0);

    assertThat(log.lines())
        .contains(
            "INFO binary_forwarder_read_end {server_id=srv,"
                + " binary_conn_id=server-srv-0000aaaa, err=peer dropped}");
  }

  @Test
  void contextCancellationReturns() {
    Stage.introduce(binary, 1);
    binary.tell(new RoomNotice.Close(900, 1001, "shutting down", CloseCause.DRAINED));

    binary.message(Stage.envelope(1, "1"));

    assertThat(binary.handed()).isEmpty();
    assertThat(binary.closes())
        .containsExactly(new FakeSocket.Close(1001, "shutting down", CloseCause.DRAINED, true));
    assertThat(stage.connected.binaries()).isZero();
  }

  @Test
  void warningsAreBoundedPerSecond() {
    for (int i = 0; i < 1_000; i++) {
      binary.message("nonsense");
    }
    assertThat(warnings("binary_forwarder_unmarshal_err")).hasSize(10);

    binary.advance(Duration.ofSeconds(1));
    binary.message("nonsense");
    assertThat(warnings("binary_forwarder_unmarshal_err")).hasSize(11);
  }

  @Test
  void aPhoneThatJoinedBeforeTheGrantWasHeardIsKnown() {
    FakeSocket late = stage.arrivingBinary();
    Stage.introduce(late, 1);
    late.tell(
        new RoomNotice.PhoneJoined(
            900, Stage.EPOCH - 1, Stage.connId(2), new SocketAddress("edge", 2), null));
    late.tell(new RoomNotice.AgentGranted(900, Stage.EPOCH, false));

    late.message(Stage.envelope(1, "1"));
    late.message(Stage.envelope(2, "2"));

    assertThat(late.handed()).containsExactly(frame(1, "1"));
  }

  @Test
  void writtenFramesAreCounted() {
    FakeSocket phone = stage.phone(1);
    phone.deliver(Delivery.FRAME, Stage.EPOCH, "1", 0);
    phone.deliver(Delivery.FRAME, Stage.EPOCH, "2", 0);
    assertThat(stage.meters.counts())
        .as("queued is not written")
        .doesNotContainKey("binary_to_phone");

    binary.wrote(3);
    phone.wrote(2);

    assertThat(stage.meters.counts())
        .containsEntry("phone_to_binary", 3)
        .containsEntry("binary_to_phone", 2);
  }
}
