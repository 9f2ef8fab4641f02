package relay.http.transport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.nio.ByteBuffer;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorRefResolver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import relay.core.wire.ClusterMessage;
import relay.core.wire.FrameBatchWriter;
import relay.core.wire.FrameBatchWriter.Head;
import relay.core.wire.LinkMessage.FrameBatch;
import relay.core.wire.LinkMessage.FrameCredit;
import relay.core.wire.LinkMessage.LinkBroken;
import relay.core.wire.LinkMessage.TargetCongested;
import relay.http.socket.SocketLimits;

/** What an edge answers to the batches of another one, which a probe plays. */
@ExtendWith(LeakWatch.class)
class InLinksTest {
  private static final byte[] NONE = {};
  private static final int LANE = 3;
  private static final SocketLimits LIMITS = EdgeServer.patient(64 * 1024, true);

  private final ActorTestKit kit = ActorTestKit.create();
  private final ActorRefResolver refs = ActorRefResolver.get(kit.system());
  private final TestProbe<ClusterMessage> other = kit.createTestProbe();
  private final String otherEdge = refs.toSerializationFormat(other.ref());
  private final EdgeServer server = new EdgeServer(kit.system(), 2, LinkLimits.DEFAULT);
  private final PlayedHandler handler = new PlayedHandler();
  private final TestPeer peer = server.connect(handler, LIMITS);

  @AfterEach
  void stop() {
    peer.close();
    server.close();
    kit.shutdownTestKit();
  }

  @Test
  void afterAGapTheLaneIsDeafUntilItsNextGeneration() {
    tell(1, 1, "one");
    tell(1, 3, "three");
    other.expectMessage(new LinkBroken(edge(), LANE, 1));
    tell(1, 2, "two");
    other.expectMessage(new LinkBroken(edge(), LANE, 1));
    tell(2, 1, "anew");
    tell(1, 4, "late");
    tell(2, 2, "end");
    assertThat(peer.next()).isEqualTo("one");
    assertThat(peer.next()).isEqualTo("anew");
    assertThat(peer.next()).isEqualTo("end");
    assertThat(server.meters.linksBroken).hasValue(1);
  }

  @Test
  void theFirstBatchOfAGenerationMayNotBeMissing() {
    tell(1, 2, "two");
    other.expectMessage(new LinkBroken(edge(), LANE, 1));
  }

  @Test
  void creditIsGivenWhenItIsAskedFor() {
    edgeActor().tell(new FrameBatch(otherEdge, LANE, 1, 1, true, records("asking")));
    other.expectMessage(new FrameCredit(edge(), LANE, 1, LinkLimits.DEFAULT.charge(1)));
    tell(1, 2, "quiet");
    assertThat(peer.next()).isEqualTo("asking");
    assertThat(peer.next()).isEqualTo("quiet");
    other.expectNoMessage();
  }

  @Test
  void creditIsGivenInStepsEvenForSocketsThatAreGone() {
    byte[] toNobody = records(999, "x".repeat(1024 * 1024));
    edgeActor().tell(new FrameBatch(otherEdge, LANE, 1, 1, false, toNobody));
    other.expectMessage(new FrameCredit(edge(), LANE, 1, toNobody.length));
    assertThat(server.meters.strayed).hasValue(1);
  }

  @Test
  void aCongestedTargetIsAnnouncedOnceAndItsEndToo() {
    handler.onDelivery =
        (it, payload) -> {
          it.forward(NONE, payload, NONE);
          it.forward(NONE, payload, NONE);
        };
    tell(1, 1, "x".repeat(10_000));
    tell(1, 2, "x".repeat(10_000));
    long socket = handler.socket().address().number();
    other.expectMessage(new TargetCongested(edge(), LANE, 1, socket, true));
    other.expectMessage(new TargetCongested(edge(), LANE, 1, socket, false));
  }

  @Test
  void aRecordThatFailsEndsItsTargetOnlyAndIsCreditedLikeAnyOther() {
    handler.onDelivery =
        (_, _) -> {
          throw new ScarceAllocator.Exhausted();
        };
    expectOnlyTheFirstTargetToEnd(0);
  }

  @Test
  void aKindOfDeliveryThatIsNotKnownEndsItsTargetOnly() {
    expectOnlyTheFirstTargetToEnd(200);
  }

  /** Three records for the handler's socket and one of the same loop. */
  private void expectOnlyTheFirstTargetToEnd(int kind) {
    var sameLoop = new PlayedHandler();
    try (TestPeer _ = server.connect(new PlayedHandler(), LIMITS);
        TestPeer next = server.connect(sameLoop, LIMITS)) {
      var writer = new FrameBatchWriter(0);
      append(writer, handler, kind, "fails");
      append(writer, handler, kind, "comes too late");
      append(writer, sameLoop, 0, "arrives");
      edgeActor().tell(new FrameBatch(otherEdge, LANE, 1, 1, true, writer.take()));
      other.expectMessage(new FrameCredit(edge(), LANE, 1, LinkLimits.DEFAULT.charge(1)));
      assertThat(peer.next()).isEqualTo("close 1011 internal error");
      assertThat(next.next()).isEqualTo("arrives");
      assertThat(server.meters.dropped).containsExactly(entry(SocketMeters.Drop.CLOSING, 1));
    }
  }

  @Test
  void aBatchThatCannotBeReadBreaksItsLinkAndNoOther() {
    tell(1, 1, "one");
    edgeActor().tell(new FrameBatch(otherEdge, LANE, 1, 2, false, new byte[] {1, 2, 3}));
    other.expectMessage(new LinkBroken(edge(), LANE, 1));
    tell(2, 1, "anew");
    assertThat(peer.next()).isEqualTo("one");
    assertThat(peer.next()).isEqualTo("anew");
    assertThat(server.meters.linksBroken).hasValue(1);
  }

  private void tell(int generation, long sequence, String text) {
    edgeActor().tell(new FrameBatch(otherEdge, LANE, generation, sequence, false, records(text)));
  }

  private byte[] records(String text) {
    return records(handler.socket().address().number(), text);
  }

  private static byte[] records(long socket, String text) {
    var writer = new FrameBatchWriter(0);
    append(writer, socket, 0, text);
    return writer.take();
  }

  private static void append(FrameBatchWriter writer, PlayedHandler to, int kind, String text) {
    append(writer, to.socket().address().number(), kind, text);
  }

  private static void append(FrameBatchWriter writer, long socket, int kind, String text) {
    writer.append(new Head(socket, 1, kind, 0), NONE, ByteBuffer.wrap(text.getBytes(UTF_8)), NONE);
  }

  private String edge() {
    return handler.socket().address().edge();
  }

  private ActorRef<ClusterMessage> edgeActor() {
    return refs.resolveActorRef(edge());
  }
}
