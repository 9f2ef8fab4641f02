package relay.http.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static relay.http.transport.PlayedSocket.bytes;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import relay.core.room.CloseCause;
import relay.http.socket.Socket;

/** A peer whose messages are answered by the relay itself, and who may not read that. */
@ExtendWith(LeakWatch.class)
class SocketAnswersTest {
  @AutoClose("shutdownTestKit")
  private static final ActorTestKit KIT = ActorTestKit.create();

  private static final String ANSWER = "a".repeat(1000);

  /** As many as are charged no more than 64 KiB, and the one that is too much. */
  private static final int BOUND = 65_536 / (1000 + 64) + 1;

  private final PlayedHandler handler =
      PlayedHandler.doing((socket, _) -> socket.answer(bytes(ANSWER)));
  @AutoClose private final PlayedSocket peer = new PlayedSocket(KIT, handler, PlayedSocket.LIMITS);

  @Test
  void whoReadsNoAnswersIsHeardNoMoreUntilItDoes() {
    peer.holdUpWrites();
    int sent = sendUntilNotRead();
    assertThat(heard()).isEqualTo(BOUND).isLessThan(sent);
    assertThat(peer.socket().hasUnheard()).isTrue();

    peer.letWritesPass();
    assertThat(peer.channel.config().isAutoRead()).isTrue();
    assertThat(heard()).isEqualTo(sent);
    assertThat(peer.written()).hasSize(sent).containsOnly(ANSWER);
    assertThat(peer.socket().hasUnheard()).isFalse();
  }

  @Test
  void whoReadsItsAnswersWaitsForNothing() {
    for (int count = 0; count < 4; count++) {
      peer.receive(PeerFrames.text("x".repeat(50).split("")));
    }
    assertThat(peer.written()).hasSize(200);
  }

  @Test
  void whatOthersSendToAPeerDoesNotMakeItWait() {
    peer.holdUpWrites();
    for (int count = 0; count < 30; count++) {
      peer.forward("f".repeat(100_000));
      peer.socket().send(bytes("n".repeat(10_000)));
      peer.receive(PeerFrames.text("m"));
    }
    assertThat(heard()).isEqualTo(30);
    assertThat(handler.written).isZero();
  }

  @Test
  void itsPingsAreAnsweredMeanwhile() {
    peer.holdUpWrites();
    int _ = sendUntilNotRead();
    peer.receive(PeerFrames.ping("still there"));
    peer.letWritesPass();
    assertThat(peer.written()).contains("pong still there");
  }

  @Test
  void whatWasSaidBeforeTheEndIsHeardThoughNobodyTakesTheAnswers() {
    peer.holdUpWrites();
    int sent = sendUntilNotRead();
    var _ = peer.channel.close();
    assertThat(heard()).isEqualTo(sent);
    assertThat(handler.heard).endsWith("closed PEER_DROPPED 0");
  }

  @Test
  void aCloseEndsTheWait() {
    peer.holdUpWrites();
    int sent = sendUntilNotRead();
    peer.socket().closeNow(4001, "replaced", CloseCause.REPLACED);
    assertThat(heard()).as("messages of a socket that is being closed").isLessThan(sent);
    peer.receive(PeerFrames.close(4001, ""));
    peer.letWritesPass();
    assertThat(handler.heard).endsWith("closed REPLACED 4001");
  }

  @Test
  void whoTakesNoByteMeanwhileIsReset() {
    peer.holdUpWrites();
    int _ = sendUntilNotRead();
    peer.turn();
    peer.pass(Duration.ofMillis(10_200));
    assertThat(handler.heard).endsWith("closed WRITE_TIMEOUT 0");
  }

  @Test
  void answersOfAHeldSocketCount() {
    Socket socket = peer.socket();
    peer.holdUpWrites();
    handler.onMessage = (it, _) -> it.hold();
    peer.receive(PeerFrames.text("ask"));
    for (int count = 0; count < BOUND; count++) {
      socket.answer(bytes(ANSWER));
    }
    peer.receive(PeerFrames.text("again"));
    socket.release();
    assertThat(heard()).isEqualTo(1);
    peer.letWritesPass();
    assertThat(heard()).isEqualTo(2);
  }

  /** Returns how many messages. */
  private int sendUntilNotRead() {
    int sent = 0;
    List<String> some = new ArrayList<>();
    for (int count = 0; count < 100; count++) {
      some.add("m".repeat(100));
    }
    while (peer.channel.config().isAutoRead()) {
      assertThat(sent).as("messages read without a pause").isLessThan(2_000);
      peer.receive(PeerFrames.text(some.toArray(String[]::new)));
      peer.turn();
      sent += some.size();
    }
    return sent;
  }

  private long heard() {
    return handler.heard.stream().filter(it -> it.startsWith("message ")).count();
  }
}
