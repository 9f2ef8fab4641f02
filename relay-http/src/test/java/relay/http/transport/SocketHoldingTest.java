package relay.http.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A socket whose handler lets messages wait. */
@ExtendWith(LeakWatch.class)
class SocketHoldingTest {
  @AutoClose("shutdownTestKit")
  private static final ActorTestKit KIT = ActorTestKit.create();

  private final PlayedHandler handler = new PlayedHandler();
  @AutoClose private final PlayedSocket peer = new PlayedSocket(KIT, handler, PlayedSocket.LIMITS);

  @Test
  void heldMessagesWaitWhilePingsAreAnswered() {
    peer.socket().hold();
    peer.receive(PeerFrames.ping("a"), PeerFrames.text("one", "two"));
    assertThat(peer.written()).containsExactly("pong a");
    assertThat(handler.heard).containsExactly("opened");
    peer.socket().release();
    peer.receive(PeerFrames.text("three"));
    assertThat(handler.heard)
        .containsExactly("opened", "message one", "message two", "message three");
  }

  @Test
  void pingsAndPongsBehindHeldMessagesAreHeardAtOnce() {
    peer.socket().hold();
    byte[] late = PeerFrames.ping("late");
    peer.receive(
        PeerFrames.text("one", "x".repeat(200), "y".repeat(70_000)),
        PeerFrames.pong("7"),
        Arrays.copyOf(late, 5));
    assertThat(handler.heard).containsExactly("opened", "pong 7");
    assertThat(peer.writes()).isEmpty();
    peer.receive(Arrays.copyOfRange(late, 5, late.length));
    assertThat(peer.written()).containsExactly("pong late");
    peer.receive(PeerFrames.close(1000, ""), PeerFrames.ping("never"));
    assertThat(peer.writes()).isEmpty();
    peer.socket().release();
    assertThat(handler.heard)
        .containsSubsequence("message one", "message 200 characters", "message 70000 characters")
        .endsWith("closed PEER_CLOSED 1000");
  }

  @Test
  void aHeldPeerIsNotReadBeyondABound() {
    peer.socket().hold();
    peer.receive(PeerFrames.text("first"));
    for (int count = 0; peer.channel.config().isAutoRead(); count++) {
      assertThat(count).isLessThan(64);
      peer.receive(PeerFrames.text("x".repeat(1024)));
    }
    peer.socket().release();
    assertThat(peer.channel.config().isAutoRead()).isTrue();
    assertThat(handler.heard).hasSize(2 + 64);
  }

  @Test
  void aHeldPeersEndIsNoticed() {
    peer.socket().hold();
    peer.receive(PeerFrames.text("waiting"));
    var _ = peer.channel.close();
    assertThat(handler.heard).containsExactly("opened", "closed PEER_DROPPED 0");
  }

  @Test
  void aHandlerMayHoldFromOneMessageToTheNext() {
    handler.onMessage = (it, _) -> it.hold();
    peer.receive(PeerFrames.text("one", "two", "three"));
    assertThat(handler.heard).containsExactly("opened", "message one");
    peer.socket().release();
    assertThat(handler.heard).containsExactly("opened", "message one", "message two");
  }
}
