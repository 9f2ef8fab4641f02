package relay.http.transport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static relay.http.transport.PlayedSocket.bytes;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import relay.core.room.CloseCause;
import relay.http.socket.Socket;

/** What a socket says and hears, and by when. */
@ExtendWith(LeakWatch.class)
class SocketTest {
  @AutoClose("shutdownTestKit")
  private static final ActorTestKit KIT = ActorTestKit.create();

  private static final byte[] NONE = {};

  private final PlayedHandler handler = new PlayedHandler();
  @AutoClose private final PlayedSocket peer = new PlayedSocket(KIT, handler, PlayedSocket.LIMITS);

  @Test
  void messagesOfOneReadAreAnsweredInOneWrite() {
    handler.onMessage = PlayedHandler.echo().onMessage;
    peer.receive(PeerFrames.text("one", "two"), PeerFrames.text("three"));
    assertThat(peer.writes()).containsExactly(List.of("one", "two", "three"));
    assertThat(handler.written).isEqualTo(3);
  }

  @Test
  void aMessageIsMadeOfItsThreeParts() {
    handler.onMessage =
        (it, payload) -> it.forward("{".getBytes(UTF_8), payload, "}".getBytes(UTF_8));
    peer.receive(PeerFrames.text("one"), PeerFrames.text("x".repeat(70_000)));
    assertThat(peer.written()).containsExactly("{one}", "{" + "x".repeat(70_000) + "}");
  }

  @Test
  void messagesOfTheRelayItselfAreNotReportedAsWritten() {
    peer.socket().send(bytes("mine"));
    assertThat(peer.written()).containsExactly("mine");
    assertThat(handler.written).isZero();
  }

  @Test
  void anIdleSocketHoldsNoBuffer() {
    handler.onMessage = PlayedHandler.echo().onMessage;
    peer.receive(PeerFrames.text("one"));
    assertThat(peer.written()).hasSize(1);
    assertThat(peer.channel.unsafe().outboundBuffer().totalPendingWriteBytes()).isZero();
  }

  @Test
  void whileAWriteIsHeldUpTheRestWaitsWithTheSocket() {
    peer.holdUpWrites();
    peer.forward("first");
    peer.turn();
    peer.forward("second", "third");
    peer.turn();
    assertThat(peer.writes()).isEmpty();
    assertThat(handler.written).isZero();
    peer.letWritesPass();
    assertThat(peer.writes()).containsExactly(List.of("first"), List.of("second", "third"));
    assertThat(handler.written).isEqualTo(3);
  }

  @Test
  void batchesDoNotGrowBeyondOneWrite() {
    peer.holdUpWrites();
    for (int count = 0; count < 10; count++) {
      peer.forward("x".repeat(20_000));
    }
    peer.letWritesPass();
    assertThat(peer.writes()).extracting(List::size).containsExactly(3, 3, 3, 1);
  }

  @Test
  void theBoundCountsEveryMessageAndTheOneBeingWritten() {
    peer.holdUpWrites();
    int fit = 0;
    while (peer.socket().forward(NONE, bytes("x".repeat(65_472)), NONE)) {
      peer.turn();
      fit++;
    }
    assertThat(fit).isEqualTo(64);
    assertThat(peer.socket().send(bytes(""))).isFalse();
    peer.letWritesPass();
    assertThat(handler.written).isEqualTo(64);
    assertThat(peer.socket().send(bytes(""))).isTrue();
    assertThat(peer.written()).hasSize(65);
  }

  @Test
  void aMessageThatIsNotFinishedInTimeClosesTheSocket() {
    peer.receive(PeerFrames.beginningOfText("half"));
    peer.pass(Duration.ofMillis(29_800));
    assertThat(peer.writes()).isEmpty();
    peer.pass(Duration.ofMillis(400));
    assertThat(peer.written()).containsExactly("close 1008 message timeout");
    peer.receive(PeerFrames.close(1008, ""));
    assertThat(handler.heard).containsExactly("opened", "closed MESSAGE_TIMEOUT 1008");
  }

  @Test
  void theTimeOfAMessageBeginsWithItsOwnFirstByte() {
    byte[] frame = PeerFrames.text("whole");
    peer.receive(Arrays.copyOf(frame, 7));
    peer.pass(Duration.ofSeconds(29));
    peer.receive(Arrays.copyOfRange(frame, 7, frame.length), PeerFrames.beginningOfText("b"));
    peer.pass(Duration.ofSeconds(29));
    assertThat(peer.writes()).isEmpty();
    peer.pass(Duration.ofSeconds(2));
    assertThat(peer.written()).containsExactly("close 1008 message timeout");
  }

  @Test
  void pingsAreAnsweredInTheMiddleOfAMessage() {
    peer.receive(PeerFrames.beginningOfText("half"), PeerFrames.ping("now"));
    assertThat(peer.written()).containsExactly("pong now");
  }

  @Test
  void ofManyPingsTheLastIsAnsweredWhenThePeerReadsAgain() {
    peer.holdUpWrites();
    peer.forward("stuck");
    peer.turn();
    IntStream.range(0, 1000).forEach(number -> peer.receive(PeerFrames.ping("" + number)));
    peer.forward("queued");
    peer.letWritesPass();
    assertThat(peer.written()).containsExactly("stuck", "pong 999", "queued");
  }

  @Test
  void pingsOfTheRelayGoAheadOfTheQueueAndPongsComeBack() {
    peer.holdUpWrites();
    peer.forward("stuck");
    peer.turn();
    peer.forward("queued");
    peer.socket().ping(bytes("7"));
    peer.letWritesPass();
    assertThat(peer.written()).containsExactly("stuck", "ping 7", "queued");
    peer.receive(PeerFrames.pong("7"));
    assertThat(handler.heard).containsExactly("opened", "pong 7");
  }

  @Test
  void aPeerThatBreaksTheProtocolIsToldAndHeardNoMore() {
    peer.receive(PeerFrames.unmaskedText(), PeerFrames.text("late"));
    assertThat(peer.written()).singleElement().asString().startsWith("close 1002 ");
    peer.receive(PeerFrames.text("later"));
    assertThat(peer.channel.isOpen()).isTrue();
    peer.pass(Duration.ofMillis(5200));
    assertThat(peer.channel.isOpen()).isFalse();
    assertThat(handler.heard).containsExactly("opened", "closed PROTOCOL_ERROR 1002");
  }

  @Test
  void aMessageThatIsTooLongCloses1009() {
    peer.receive(PeerFrames.text("x".repeat(256 * 1024 + 1)));
    assertThat(peer.written()).singleElement().asString().startsWith("close 1009 ");
    var _ = peer.channel.close();
    assertThat(handler.heard).containsExactly("opened", "closed MESSAGE_TOO_BIG 1009");
  }

  @Test
  void aFaultOfTheHandlerClosesItsSocketOnly() {
    handler.onMessage =
        (_, _) -> {
          throw new IllegalStateException("bug");
        };
    peer.receive(PeerFrames.text("one", "two"));
    assertThat(peer.written()).containsExactly("close 1011 internal error");
    peer.receive(PeerFrames.close(1011, ""));
    assertThat(handler.heard)
        .containsExactly("opened", "message one", "closed INTERNAL_ERROR 1011");
  }

  @Test
  void aHandlerIsWokenOnceAtTheTimeItAskedFor() {
    peer.socket().wakeAt(peer.socket().now() + 60_000);
    peer.socket().wakeAt(peer.socket().now() + 1_000);
    peer.pass(Duration.ofMillis(900));
    assertThat(handler.heard).containsExactly("opened");
    peer.pass(Duration.ofMillis(300));
    assertThat(handler.heard).containsExactly("opened", "due");
    peer.pass(Duration.ofMinutes(2));
    assertThat(handler.heard).containsExactly("opened", "due");
  }

  @Test
  void aHandlerMayCloseAtOnce() {
    var refusing =
        new PlayedHandler() {
          @Override
          public void opened(Socket socket) {
            super.opened(socket);
            socket.close(4404, "no server with that id", CloseCause.REFUSED);
          }
        };
    try (var other = new PlayedSocket(KIT, refusing, PlayedSocket.LIMITS)) {
      assertThat(other.written()).containsExactly("close 4404 no server with that id");
    }
  }
}
