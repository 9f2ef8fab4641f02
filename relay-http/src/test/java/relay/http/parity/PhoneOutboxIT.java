package relay.http.parity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import relay.http.testing.RelayServerExtension;
import relay.http.testing.TestPeer;

/** {@code phone_outbox_test.go}: what waits for a phone that reads slowly or not at all. */
class PhoneOutboxIT {
  /** As many large frames as an outbox holds, and more than a connection takes unread. */
  private static final int STALLING_FRAMES = 19;

  private static final int OVERFLOWING_FRAMES = 60;
  private static final String LARGE_FRAME = "\"" + "x".repeat(200_000) + "\"";

  @RegisterExtension
  static final RelayServerExtension RELAY =
      new RelayServerExtension().with("relay.pyrycode.write-timeout", "30s");

  /** For a phone that never reads again. */
  @RegisterExtension
  static final RelayServerExtension HASTY =
      new RelayServerExtension().with("relay.pyrycode.write-timeout", "2s");

  @RegisterExtension final Peers peers = new Peers(RELAY);
  @RegisterExtension final Peers hasty = new Peers(HASTY);

  private final Numbers numbers = new Numbers(RELAY);
  private final long writtenBefore = numbers.of(Numbers.TO_PHONE);

  @Test
  void startBinaryForwarderStalledPhoneDoesNotBlockOthers() {
    TestPeer binary = peers.binary("siblings");
    Phone stalled = peers.stalledPhone("siblings");
    Phone sibling = peers.phone("siblings");
    stall(binary, stalled);

    binary.send(sibling.envelope("\"at once\"")).ping("busy?").expectPong("busy?");
    sibling.peer().expect("\"at once\"").send("\"and back\"");
    binary.expect(sibling.envelope("\"and back\""));
    assertThat(written()).as("the stalled phone's and one").isLessThanOrEqualTo(STALLING_FRAMES);
  }

  @Test
  void startBinaryForwarderCloseDirectiveWaitsForEarlierFrames() {
    TestPeer binary = peers.binary("behind");
    Phone phone = peers.stalledPhone("behind");
    stall(binary, phone);
    binary.send(phone.directive("\"last\"", 4401)).send(phone.envelope("\"too late\""));
    peers.log().await("binary_forwarder_phone_enqueue_failed", "behind");

    phone.peer().readAgain();
    expectLargeFrames(phone, STALLING_FRAMES);
    phone.peer().expect("\"last\"").expectClose(4401, "").expectEnd();
  }

  @Test
  void phoneOutboxBacklogFullCloses1011() {
    TestPeer binary = peers.binary("backlog");
    Phone phone = peers.stalledPhone("backlog");
    for (int i = 0; i < OVERFLOWING_FRAMES; i++) {
      binary.send(phone.envelope(LARGE_FRAME));
    }
    assertThat(peers.log().await("binary_forwarder_phone_enqueue_failed", "backlog").values())
        .containsEntry("conn_id", phone.connId())
        .containsEntry("err", "phone backlog full");

    phone.peer().readAgain();
    peers.log().await("phone_unregistered", "backlog");
    long written = written();
    assertThat(written).isLessThan(OVERFLOWING_FRAMES - STALLING_FRAMES);
    expectLargeFrames(phone, written);
    phone.peer().expectClose(1011, "phone backlog full").expectEnd();
    binary.expect(phone.closeNotice(1011)).expectNothingMore();
  }

  @Test
  void phoneOutboxWriteFailureEndsThePhoneAndCountsNothing() {
    TestPeer binary = hasty.binary("unwritten");
    Phone phone = hasty.stalledPhone("unwritten");
    stall(binary, phone);
    assertThat(hasty.log().await("binary_forwarder_phone_send_failed", "unwritten").values())
        .containsEntry("conn_id", phone.connId());

    hasty.log().await("phone_unregistered", "unwritten");
    assertThat(new Numbers(HASTY).of(Numbers.TO_PHONE)).isLessThan(STALLING_FRAMES);
    binary.expect(phone.closeNotice(1001)).expectNothingMore();
  }

  @Test
  void phoneOutboxCountsWrittenFrames() {
    TestPeer binary = peers.binary("counted");
    Phone phone = peers.phone("counted");
    binary.send(phone.envelope("1")).send(phone.envelope("2")).send(phone.directive("3", 4000));
    phone.peer().expect("1").expect("2").expect("3").expectClose(4000, "");
    numbers.await(Numbers.TO_PHONE, writtenBefore + 3);
  }

  @Test
  void phoneOutboxStopReleasesRun() {
    TestPeer binary = peers.binary("stopped");
    Phone phone = peers.stalledPhone("stopped");
    stall(binary, phone);
    phone.peer().drop();
    peers.log().await("phone_unregistered", "stopped");
    binary.expect(phone.closeNotice(1001)).expectNothingMore();
  }

  @Test
  void phoneOutboxCloseAbortsBlockedWrite() {
    TestPeer binary = peers.binary("aborted");
    Phone phone = peers.stalledPhone("aborted");
    stall(binary, phone);
    binary.sendClose(1000, "");
    peers.log().await("server_released", "aborted");
    peers.binary("aborted");

    phone.peer().readAgain();
    peers.log().await("phone_unregistered", "aborted");
    assertThat(written()).as("what waited is dropped").isLessThan(STALLING_FRAMES);
    expectLargeFrames(phone, written());
    phone.peer().expectClose(4404, "binary reclaimed server-id").expectEnd();
  }

  @ParameterizedTest
  @ValueSource(ints = {1000, 1011, 3000, 4999})
  void phoneOutboxCloseWithCodeDelegates(int code) {
    String serverId = "code-" + code;
    TestPeer binary = peers.binary(serverId);
    Phone phone = peers.phone(serverId);
    binary.send(phone.directive(code));
    phone.peer().expectClose(code, "").expectEnd();
  }

  @Test
  void phoneOutboxBurstDeliveredInOrder() {
    TestPeer binary = peers.binary("burst");
    Phone phone = peers.stalledPhone("burst");
    List<String> frames =
        IntStream.range(0, 300).mapToObj(i -> "\"" + i + "x".repeat(1_024) + "\"").toList();
    frames.forEach(frame -> binary.send(phone.envelope(frame)));
    phone.peer().readAgain();
    frames.forEach(phone.peer()::expect);
    phone.peer().expectNothingMore();
  }

  private static void stall(TestPeer binary, Phone phone) {
    for (int i = 0; i < STALLING_FRAMES; i++) {
      binary.send(phone.envelope(LARGE_FRAME));
    }
  }

  private static void expectLargeFrames(Phone phone, long frames) {
    for (long i = 0; i < frames; i++) {
      phone.peer().expect(LARGE_FRAME);
    }
  }

  private long written() {
    return numbers.of(Numbers.TO_PHONE) - writtenBefore;
  }
}
