package relay.http.transport;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorRefResolver;
import org.apache.pekko.cluster.MemberStatus;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Join;
import org.apache.pekko.cluster.typed.Leave;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import relay.core.room.SocketAddress;
import relay.core.wire.ClusterMessage;
import relay.core.wire.LinkMessage.FrameBatch;
import relay.http.socket.Delivery;
import relay.http.socket.SocketLimits;
import relay.http.socket.Target;

/** Frames from a socket of one node to a socket of another, over real remoting. */
@ExtendWith(LeakWatch.class)
class NodeLinkTest {
  private static final Config CONFIG =
      ConfigFactory.parseString(
              """
              pekko.actor.provider = cluster
              pekko.remote.artery.canonical { hostname = "127.0.0.1", port = 0 }
              pekko.coordinated-shutdown.exit-jvm = off
              pekko.cluster.jmx.multi-mbeans-in-same-jvm = on
              """)
          .withFallback(ConfigFactory.parseResources("artery.conf"));
  private static final byte[] NONE = {};
  private static final SocketLimits PATIENT = EdgeServer.patient(1024 * 1024, true);
  private static final SocketLimits ROOMY =
      new SocketLimits(
          8 * 1024 * 1024,
          32 * 1024 * 1024,
          64,
          true,
          EdgeServer.LONG,
          EdgeServer.LONG,
          EdgeServer.LONG);

  private final ActorTestKit here = ActorTestKit.create("relay", CONFIG);
  private final ActorTestKit there = ActorTestKit.create("relay", CONFIG);
  private final TestProbe<Void> probe = here.createTestProbe();
  private final PlayedHandler source = new PlayedHandler();
  private final PlayedHandler sink = new PlayedHandler();
  private final EdgeServer near = new EdgeServer(here.system(), 1, LinkLimits.DEFAULT);
  private final EdgeServer far = new EdgeServer(there.system(), 2, LinkLimits.DEFAULT);
  private final TestPeer from = near.connect(source, PATIENT);
  private final TestPeer to = far.connect(sink, PATIENT);

  @BeforeEach
  void formCluster() {
    Cluster first = Cluster.get(here.system());
    first.manager().tell(Join.create(first.selfMember().address()));
    Cluster.get(there.system()).manager().tell(Join.create(first.selfMember().address()));
    probe.awaitAssert(
        Duration.ofSeconds(20),
        () -> {
          assertThat(first.state().getMembers())
              .hasSize(2)
              .allMatch(it -> it.status() == MemberStatus.up());
          return null;
        });
    Target target = resolve(near, source, sink.socket().address());
    source.onMessage =
        (it, payload) -> it.sendTo(target, Delivery.FRAME, 1, NONE, payload, NONE, 0);
    Target _ = resolve(far, sink, source.socket().address());
  }

  @AfterEach
  void stop() {
    from.close();
    to.close();
    near.close();
    far.close();
    here.shutdownTestKit();
    there.shutdownTestKit();
  }

  @Test
  void framesArriveWholeAndInOrder() {
    int frames = 100_000;
    Thread sender =
        Thread.startVirtualThread(
            () -> {
              for (int first = 0; first < frames; first += 100) {
                byte[][] hundred = new byte[100][];
                for (int number = 0; number < 100; number++) {
                  hundred[number] = PeerFrames.text("" + (first + number));
                }
                from.send(hundred);
              }
            });
    for (int number = 0; number < frames; number++) {
      assertThat(to.next()).isEqualTo("" + number);
    }
    probe.awaitAssert(() -> assertThat(sender.isAlive()).isFalse());
    assertThat(near.meters.dropped).isEmpty();
    assertThat(far.meters.dropped).isEmpty();
  }

  @Test
  void whoSendsToAPeerThatDoesNotReadIsPausedAndLosesNothing() {
    var refused = new CompletableFuture<Void>();
    sink.onDelivery =
        (it, payload) -> {
          if (!it.forward(NONE, payload, NONE)) {
            refused.complete(null);
          }
        };
    String filler = "x".repeat(100_000);
    int frames = 300;
    Thread sender =
        Thread.startVirtualThread(
            () -> {
              for (int number = 0; number < frames; number++) {
                from.send(filler + number);
              }
            });
    probe.awaitAssert(() -> assertThat(near.meters.paused.get()).isPositive());
    assertThat(near.meters.received.get()).isLessThan(frames);
    for (int number = 0; number < frames; number++) {
      assertThat(to.next()).isEqualTo(filler + number);
    }
    assertThat(refused).isNotDone();
    probe.awaitAssert(() -> assertThat(sender.isAlive()).isFalse());
  }

  @Test
  void messagesLongerThanAnyRemoteMessageMayBeArriveWholeAndInOrder() {
    List<String> messages = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      messages.add("small " + i);
      messages.add(longText(i, 8 * 1024 * 1024 - i));
      messages.add(longText(i, 600_000 + i));
    }
    var longSource = new PlayedHandler();
    var longSink = new PlayedHandler();
    try (TestPeer longFrom = near.connect(longSource, ROOMY);
        TestPeer longTo = far.connect(longSink, ROOMY)) {
      Target target = resolve(near, longSource, longSink.socket().address());
      longSource.onMessage =
          (it, payload) -> it.sendTo(target, Delivery.FRAME, 1, NONE, payload, NONE, 0);
      Thread sender = Thread.startVirtualThread(() -> messages.forEach(longFrom::send));
      for (String message : messages) {
        assertThat(longTo.next().equals(message)).as("%.20s…", message).isTrue();
      }
      probe.awaitAssert(() -> assertThat(sender.isAlive()).isFalse());
    }
    assertThat(far.meters.linksBroken).hasValue(0);
  }

  @Test
  void longMessagesOfManySourcesDoNotMixAtOneTarget() {
    List<PlayedHandler> sources = Stream.generate(PlayedHandler::new).limit(4).toList();
    var target = new PlayedHandler();
    try (TestPeer longTo = far.connect(target, ROOMY)) {
      List<TestPeer> peers = sources.stream().map(it -> near.connect(it, ROOMY)).toList();
      for (PlayedHandler each : sources) {
        Target it = resolve(near, each, target.socket().address());
        each.onMessage =
            (socket, payload) -> socket.sendTo(it, Delivery.FRAME, 1, NONE, payload, NONE, 0);
      }
      List<Thread> senders =
          IntStream.range(0, peers.size())
              .mapToObj(
                  i ->
                      Thread.startVirtualThread(
                          () -> peers.get(i).send(longText(i, 3_000_000 + i))))
              .toList();
      List<String> arrived = Stream.generate(longTo::next).limit(peers.size()).toList();
      List<String> sent =
          IntStream.range(0, peers.size()).mapToObj(i -> longText(i, 3_000_000 + i)).toList();
      assertThat(Set.copyOf(arrived).equals(Set.copyOf(sent))).isTrue();
      probe.awaitAssert(() -> assertThat(senders).noneMatch(Thread::isAlive));
      peers.forEach(TestPeer::close);
    }
  }

  @Test
  void aMissingBatchClosesTheSocketsOfBothSides() {
    from.send("before");
    assertThat(to.next()).isEqualTo("before");
    String edge = source.socket().address().edge();
    edgeOf(far, sink).tell(new FrameBatch(edge, 0, 1, 999, false, new byte[0]));
    assertThat(to.next()).isEqualTo("close 1011 link lost");
    assertThat(from.next()).isEqualTo("close 1011 link lost");
    from.send(PeerFrames.close(1011, ""));
    probe.awaitAssert(() -> assertThat(source.heard).contains("closed NODE_LOST 1011"));

    var newSource = new PlayedHandler();
    var newSink = new PlayedHandler();
    try (TestPeer newFrom = near.connect(newSource, PATIENT);
        TestPeer newTo = far.connect(newSink, PATIENT)) {
      newSource.onMessage =
          (it, payload) ->
              it.sendTo(
                  it.target(newSink.socket().address()), Delivery.FRAME, 1, NONE, payload, NONE, 0);
      newFrom.send("after");
      assertThat(newTo.next()).isEqualTo("after");
    }
  }

  @Test
  void aNodeThatIsGoneIsKnownToBeGone() {
    Target target = resolve(near, source, sink.socket().address());
    from.send("before");
    assertThat(to.next()).isEqualTo("before");
    Cluster leaving = Cluster.get(there.system());
    leaving.manager().tell(Leave.create(leaving.selfMember().address()));
    awaitNodeLost(1);
    assertThat(isSent(target)).isFalse();
    awaitNodeLost(2);
  }

  /** Nothing is sent meanwhile: what becomes of frames to a node that leaves is not told here. */
  private void awaitNodeLost(int times) {
    probe.awaitAssert(
        Duration.ofSeconds(30),
        () -> {
          assertThat(source.heard.stream().filter("node lost"::equals))
              .hasSizeGreaterThanOrEqualTo(times);
          return null;
        });
  }

  /** Different at every place, so that a piece that is lost or elsewhere is noticed. */
  private static String longText(int seed, int length) {
    StringBuilder text = new StringBuilder(length + 16);
    for (int number = seed; text.length() < length; number++) {
      text.append(number).append(' ');
    }
    text.setLength(length);
    return text.toString();
  }

  private boolean isSent(Target target) {
    var isSent = new CompletableFuture<Boolean>();
    near.on(
        source.socket(),
        () ->
            isSent.complete(
                source
                    .socket()
                    .sendTo(target, Delivery.FRAME, 1, NONE, ByteBuffer.wrap(NONE), NONE, 0)));
    return isSent.join();
  }

  private ActorRef<ClusterMessage> edgeOf(EdgeServer server, PlayedHandler handler) {
    assertThat(server.edge.openSockets()).isPositive();
    return ActorRefResolver.get(here.system()).resolveActorRef(handler.socket().address().edge());
  }

  private static Target resolve(EdgeServer server, PlayedHandler from, SocketAddress address) {
    var target = new CompletableFuture<Target>();
    server.on(from.socket(), () -> target.complete(from.socket().target(address)));
    return target.join();
  }
}
