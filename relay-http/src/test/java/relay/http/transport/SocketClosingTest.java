package relay.http.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static relay.http.transport.PlayedSocket.bytes;

import java.time.Duration;
import java.util.Map;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import relay.core.room.CloseCause;

/** How a socket ends, whoever begins it. */
@ExtendWith(LeakWatch.class)
class SocketClosingTest {
  @AutoClose("shutdownTestKit")
  private static final ActorTestKit KIT = ActorTestKit.create();

  private final PlayedHandler handler = new PlayedHandler();
  @AutoClose private final PlayedSocket peer = new PlayedSocket(KIT, handler, PlayedSocket.LIMITS);

  @Test
  void closeComesBehindEverythingQueued() {
    peer.holdUpWrites();
    peer.forward("first");
    peer.turn();
    peer.forward("second");
    peer.socket().close(4401, "bye", CloseCause.CLOSED_BY_AGENT);
    assertThat(peer.socket().send(bytes("late"))).isFalse();
    peer.letWritesPass();
    assertThat(peer.written()).containsExactly("first", "second", "close 4401 bye");
    assertThat(handler.heard).containsExactly("opened");
    peer.receive(PeerFrames.close(4401, "bye"));
    assertThat(handler.heard).containsExactly("opened", "closed CLOSED_BY_AGENT 4401");
    assertThat(peer.channel.isOpen()).isFalse();
  }

  @Test
  void closeNowDropsWhatIsQueuedButNotWhatIsBeingWritten() {
    peer.holdUpWrites();
    peer.forward("first");
    peer.turn();
    peer.forward("second", "third");
    peer.socket().closeNow(1011, "phone backlog full", CloseCause.BACKLOG_FULL);
    peer.letWritesPass();
    assertThat(peer.written()).containsExactly("first", "close 1011 phone backlog full");
    assertThat(peer.meters.dropped).containsEntry(SocketMeters.Drop.CLOSED_AHEAD, 2);
    assertThat(handler.written).isEqualTo(1);
  }

  @Test
  void theFirstCloseWins() {
    peer.socket().close(4404, "first", CloseCause.REFUSED);
    peer.socket().closeNow(1011, "second", CloseCause.BACKLOG_FULL);
    assertThat(peer.written()).containsExactly("close 4404 first");
    peer.receive(PeerFrames.close(4999, "third"));
    assertThat(handler.heard).containsExactly("opened", "closed REFUSED 4404");
  }

  @Test
  void aCloseDoesNotWaitForEverForAPeerThatTakesALittleNowAndThen() {
    peer.holdUpWrites();
    for (int count = 0; count < 30; count++) {
      peer.forward("x".repeat(60_000));
    }
    peer.socket().close(4401, "bye", CloseCause.CLOSED_BY_AGENT);
    peer.turn();
    for (int second = 0; second < 14; second++) {
      peer.letOneWritePass();
      peer.pass(Duration.ofSeconds(1));
    }
    assertThat(peer.channel.isOpen()).isTrue();
    peer.letOneWritePass();
    peer.pass(Duration.ofMillis(1200));
    assertThat(peer.channel.isOpen()).isFalse();
    assertThat(handler.heard).containsExactly("opened", "closed CLOSED_BY_AGENT 4401");
  }

  @Test
  void closeNowEndsTheWaitOfAnEarlierClose() {
    peer.holdUpWrites();
    peer.forward("first");
    peer.turn();
    peer.forward("second", "third");
    peer.socket().close(4401, "bye", CloseCause.CLOSED_BY_AGENT);
    peer.socket().closeNow(1001, "shutting down", CloseCause.DRAINED);
    peer.letWritesPass();
    assertThat(peer.written()).containsExactly("first", "close 4401 bye");
    assertThat(peer.meters.dropped).containsEntry(SocketMeters.Drop.CLOSED_AHEAD, 2);
    peer.receive(PeerFrames.close(4401, ""));
    assertThat(handler.heard).containsExactly("opened", "closed CLOSED_BY_AGENT 4401");
  }

  @Test
  void closeNowAddsNothingToACloseThatIsBeingWritten() {
    peer.holdUpWrites();
    peer.socket().close(4401, "bye", CloseCause.CLOSED_BY_AGENT);
    peer.turn();
    peer.socket().closeNow(1001, "shutting down", CloseCause.DRAINED);
    peer.letWritesPass();
    assertThat(peer.written()).containsExactly("close 4401 bye");
  }

  @Test
  void thePeersCloseIsEchoedAndToldOnce() {
    peer.receive(PeerFrames.close(4321, "mine"), PeerFrames.text("late"));
    assertThat(peer.written()).containsExactly("close 4321 mine");
    assertThat(handler.heard).containsExactly("opened", "closed PEER_CLOSED 4321");
    assertThat(peer.channel.isOpen()).isFalse();
    assertThat(peer.node.sockets().size()).isZero();
    assertThat(peer.meters.closed).containsExactly(Map.entry(CloseCause.PEER_CLOSED, 1));
  }

  @Test
  void anUnansweredCloseDropsTheConnection() {
    peer.socket().close(1000, "", CloseCause.GRACE_EXPIRED);
    assertThat(peer.written()).containsExactly("close 1000 ");
    peer.pass(Duration.ofMillis(4800));
    assertThat(peer.channel.isOpen()).isTrue();
    peer.pass(Duration.ofMillis(400));
    assertThat(peer.channel.isOpen()).isFalse();
    assertThat(handler.heard).containsExactly("opened", "closed GRACE_EXPIRED 1000");
  }

  @Test
  void whatThePeerSaysAfterTheRelayClosedIsIgnored() {
    peer.socket().close(1000, "", CloseCause.GRACE_EXPIRED);
    peer.receive(PeerFrames.text("late"), PeerFrames.close(1000, ""), PeerFrames.text("later"));
    assertThat(handler.heard).containsExactly("opened", "closed GRACE_EXPIRED 1000");
  }

  @Test
  void aCodeThatCannotBeSaidDropsTheConnectionInItsPlace() {
    peer.forward("last words");
    peer.socket().close(1006, "", CloseCause.CLOSED_BY_AGENT);
    assertThat(peer.written()).containsExactly("last words");
    assertThat(peer.channel.isOpen()).isFalse();
    assertThat(handler.heard).containsExactly("opened", "closed CLOSED_BY_AGENT 1006");
  }

  @Test
  void code1005IsAnEmptyCloseFrame() {
    peer.socket().close(1005, "", CloseCause.CLOSED_BY_AGENT);
    assertThat(peer.written()).containsExactly("close");
  }

  @Test
  void anEndWithoutCloseFrameIsAPeerThatDropped() {
    var _ = peer.channel.close();
    assertThat(handler.heard).containsExactly("opened", "closed PEER_DROPPED 0");
    assertThat(peer.socket().send(bytes("late"))).isFalse();
  }

  @Test
  void aPeerThatTakesNothingIsReset() {
    peer.holdUpWrites();
    peer.forward("stuck");
    peer.turn();
    peer.pass(Duration.ofMillis(9800));
    assertThat(peer.channel.isOpen()).isTrue();
    peer.pass(Duration.ofMillis(400));
    assertThat(peer.channel.isOpen()).isFalse();
    assertThat(handler.heard).containsExactly("opened", "closed WRITE_TIMEOUT 0");
  }

  @Test
  void aCloseBehindAStuckWriteKeepsItsCauseAndItsTimeIsBounded() {
    peer.holdUpWrites();
    peer.forward("stuck");
    peer.turn();
    peer.pass(Duration.ofSeconds(9));
    peer.socket().closeNow(1011, "phone backlog full", CloseCause.BACKLOG_FULL);
    peer.pass(Duration.ofMillis(1200));
    assertThat(handler.heard).containsExactly("opened", "closed BACKLOG_FULL 1011");
  }

  @Test
  void aPeerThatTakesEverythingMayBeSilentForLong() {
    peer.forward("taken");
    assertThat(peer.written()).hasSize(1);
    peer.pass(Duration.ofMinutes(1));
    assertThat(peer.channel.isOpen()).isTrue();
  }
}
