package relay.http.parity;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static relay.http.testing.ClientFrames.frames;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import relay.http.testing.ClientFrames;
import relay.http.testing.RelayServerExtension;
import relay.http.testing.TestPeer;

/** {@code ws_conn_test.go}: messages, their bounds and their ends on one connection. */
class WebSocketConnectionIT {
  private static final int MOST_BYTES = 262_144;

  @RegisterExtension
  static final RelayServerExtension RELAY =
      new RelayServerExtension().with("relay.pyrycode.close-timeout", "1s");

  /** For messages that do not end, and none that does. */
  @RegisterExtension
  static final RelayServerExtension HASTY =
      new RelayServerExtension()
          .with("relay.pyrycode.message-timeout", "1s")
          .with("relay.pyrycode.close-timeout", "1s");

  @RegisterExtension final Peers peers = new Peers(RELAY);
  @RegisterExtension final Peers hasty = new Peers(HASTY);

  @Test
  void webSocketSendUsesTextOpcode() {
    TestPeer binary = peers.binary("opcode");
    Phone phone = peers.phone("opcode");
    phone.peer().sendBinary("1".getBytes(UTF_8));
    binary.expect(phone.envelope("1")).sendBinary(phone.envelope("2").getBytes(UTF_8));
    phone.peer().expect("2");
  }

  @Test
  void webSocketConnIdIsThatOfItsConnection() {
    TestPeer binary = peers.binary("stable");
    Phone phone = peers.phone("stable");
    for (String frame : List.of("1", "2", "3")) {
      phone.peer().send(frame);
      binary.expect(phone.envelope(frame));
    }
    assertThat(peers.phone("stable").connId()).isNotEqualTo(phone.connId());
  }

  @Test
  void webSocketConcurrentSendProducesIntactFrames() {
    TestPeer binary = peers.binary("concurrent");
    List<Phone> phones = Stream.generate(() -> peers.phone("concurrent")).limit(16).toList();
    List<String> frames =
        IntStream.range(0, 40).mapToObj(i -> "\"" + i + "y".repeat(i * 100) + "\"").toList();
    for (Phone phone : phones) {
      Thread.startVirtualThread(() -> frames.forEach(phone.peer()::send));
    }

    Map<String, Integer> heard = new HashMap<>();
    for (int i = 0; i < phones.size() * frames.size(); i++) {
      String text = binary.expectText();
      String sender = text.substring(0, text.indexOf(",\"frame\":"));
      int turn = heard.merge(sender, 1, Integer::sum);
      assertThat(text).isEqualTo(sender + ",\"frame\":" + frames.get(turn - 1) + "}");
    }
    assertThat(heard).hasSameSizeAs(phones);
  }

  @Test
  void webSocketDoubleCloseDoesNotPanic() {
    TestPeer binary = peers.binary("twice");
    Phone phone = peers.phone("twice");
    binary.send(phone.directive(4401)).send(phone.directive(4402));
    phone.peer().expectClose(4401, "").expectEnd();
    binary.ping("alive").expectPong("alive").expectNothingMore();
  }

  @Test
  void webSocketSendAfterCloseReturnsError() {
    TestPeer binary = peers.binary("closed");
    Phone phone = peers.phone("closed");
    phone.peer().sendClose(1000, "").expectClose(1000, "").expectEnd();
    binary.expect(phone.closeNotice(1000));
    peers.sendUntilUnknown(binary, "closed", phone);
    binary.expectNothingMore();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 1_000})
  void webSocketReadFrameExceedingCapReturnsError(int fragments) {
    TestPeer binary = peers.binary("over-" + fragments);
    Phone phone = peers.phone("over-" + fragments);
    var _ = phone.peer().sendLater(message(MOST_BYTES + 1, fragments));
    phone.peer().expectClose(1009, "message too big");
    binary.expect(phone.closeNotice(1009)).expectNothingMore();
  }

  @Test
  void webSocketReadFrameExceedingCapClosesABinaryToo() {
    TestPeer binary = peers.binary("over");
    var _ = binary.sendLater(message(MOST_BYTES + 1, 1));
    binary.expectClose(1009, "message too big");
    peers.log().await("server_released", "over");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 16})
  void webSocketReadFrameAtCapDeliveredIntact(int fragments) {
    TestPeer binary = peers.binary("at-" + fragments);
    Phone phone = peers.phone("at-" + fragments);
    phone.peer().sendBytes(message(MOST_BYTES, fragments));
    binary.expect(phone.envelope("\"" + "z".repeat(MOST_BYTES - 2) + "\""));
  }

  @Test
  void webSocketReadStalledFragmentedMessageClosesWithinDeadline() {
    TestPeer binary = hasty.binary("stalled");
    Phone phone = hasty.phone("stalled");
    phone.peer().sendBytes(frames().firstOfText("[1,").ping("meanwhile").bytes());
    phone.peer().expectPong("meanwhile").expectClose(1008, "message timeout").expectEnd();
    binary.expect(phone.closeNotice(1008));
  }

  @Test
  void webSocketReadDribbledFrameClosesWithinDeadline() {
    hasty.binary("dribbled");
    Phone phone = hasty.phone("dribbled");
    // A pong in the middle of a frame would be a part of it.
    phone.peer().ignorePings();
    TestPeer pacer = hasty.binary("pacer");
    CompletableFuture<Void> heardClose = new CompletableFuture<>();
    Thread.startVirtualThread(
        () -> {
          byte[] message = message(MOST_BYTES, 1);
          for (int i = 0; i < message.length && !heardClose.isDone(); i++) {
            phone.peer().sendLater(new byte[] {message[i]}).exceptionally(_ -> null).join();
            pacer.ping("next").expectPong("next");
          }
        });
    phone.peer().expectClose(1008, "message timeout");
    heardClose.complete(null);
    hasty.log().await("phone_unregistered", "dribbled");
  }

  @Test
  void webSocketReadIdleLongerThanDeadlineThenMessageDeliveredIntact() {
    TestPeer binary = hasty.binary("idle");
    Phone idle = hasty.phone("idle");
    Phone slow = hasty.phone("idle");
    slow.peer().sendBytes(frames().firstOfText("[1,").bytes()).expectClose(1008, "message timeout");
    binary.expect(slow.closeNotice(1008));

    idle.peer().send("\"after the deadline\"");
    binary.expect(idle.envelope("\"after the deadline\""));
  }

  /** A JSON string that makes a message of so many bytes, in so many fragments at least. */
  private static byte[] message(int bytes, int fragments) {
    byte[] text = ("\"" + "z".repeat(bytes - 2) + "\"").getBytes(UTF_8);
    if (fragments == 1) {
      return frames().text(text).bytes();
    }
    int length = bytes / fragments;
    ClientFrames frames = frames().firstOfText(Arrays.copyOf(text, length));
    int at = length;
    for (; at + length < bytes; at += length) {
      frames.next(Arrays.copyOfRange(text, at, at + length));
    }
    return frames.last(Arrays.copyOfRange(text, at, bytes)).bytes();
  }
}
