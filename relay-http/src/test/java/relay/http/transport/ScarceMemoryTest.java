package relay.http.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import relay.core.room.CloseCause;

/** A socket for which there is no direct memory at the moment. */
@ExtendWith(LeakWatch.class)
class ScarceMemoryTest {
  @AutoClose("shutdownTestKit")
  private static final ActorTestKit KIT = ActorTestKit.create();

  private final PlayedHandler handler = PlayedHandler.echo();
  private final ScarceAllocator alloc = new ScarceAllocator();

  @AutoClose
  private final PlayedSocket peer = new PlayedSocket(KIT, handler, PlayedSocket.LIMITS, alloc);

  @Test
  void aMessageThatFindsNoneIsAFaultOfOurs() {
    alloc.isExhausted = true;
    peer.receive(PeerFrames.text("one", "two"));
    assertThat(peer.written()).containsExactly("close 1011 internal error");
    peer.receive(PeerFrames.close(1011, ""));
    assertThat(handler.heard)
        .containsExactly("opened", "message one", "closed INTERNAL_ERROR 1011");
  }

  @Test
  void aPongThatFindsNoneIsAFaultOfOurs() {
    alloc.isExhausted = true;
    peer.receive(PeerFrames.ping("now"));
    assertThat(peer.written()).containsExactly("close 1011 internal error");
  }

  @Test
  void aSocketThatIsBeingClosedDoesNotLingerForWantOfIt() {
    peer.holdUpWrites();
    peer.forward("stuck");
    peer.turn();
    peer.receive(PeerFrames.ping("now"));
    peer.socket().close(4401, "", CloseCause.CLOSED_BY_AGENT);
    alloc.isExhausted = true;
    peer.letWritesPass();
    assertThat(peer.channel.isOpen()).isFalse();
    assertThat(handler.heard).endsWith("closed CLOSED_BY_AGENT 4401");
  }

  @Test
  void aCloseNeedsNone() {
    alloc.isExhausted = true;
    peer.socket().ping(ByteBuffer.allocate(0));
    peer.socket().closeNow(4404, "first", CloseCause.REFUSED);
    assertThat(peer.written()).containsExactly("close 4404 first");
  }
}
