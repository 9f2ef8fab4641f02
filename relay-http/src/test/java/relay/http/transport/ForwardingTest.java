package relay.http.transport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import relay.core.room.CloseCause;
import relay.core.room.SocketAddress;
import relay.core.wire.ClusterMessage;
import relay.http.socket.Delivery;
import relay.http.socket.Socket;
import relay.http.socket.SocketLimits;
import relay.http.socket.Target;

/** Frames from one socket to another of the same node, on one loop and from loop to loop. */
@ExtendWith(LeakWatch.class)
class ForwardingTest {
  private static final byte[] NONE = {};
  private static final SocketLimits PATIENT = EdgeServer.patient(1024 * 1024, true);

  private final ActorTestKit kit = ActorTestKit.create();
  private final TestProbe<ClusterMessage> probe = kit.createTestProbe();
  private final PlayedHandler source = new PlayedHandler();
  private final PlayedHandler sink = new PlayedHandler();

  @AfterEach
  void stop() {
    kit.shutdownTestKit();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void framesArriveWholeAndInOrder(int loops) {
    try (var server = new EdgeServer(kit.system(), loops, LinkLimits.DEFAULT);
        TestPeer from = server.connect(source, PATIENT);
        TestPeer to = server.connect(sink, PATIENT)) {
      source.onMessage = sendingTo(sink.socket().address(), "<".getBytes(UTF_8), NONE);
      int frames = 20_000;
      Thread sender = Thread.startVirtualThread(() -> sendNumbers(from, frames));
      for (int number = 0; number < frames; number++) {
        assertThat(to.next()).isEqualTo("<" + number);
      }
      probe.awaitAssert(() -> assertThat(sender.isAlive()).isFalse());
      probe.awaitAssert(() -> assertThat(sink.written).isEqualTo(frames));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void whoSendsToAPeerThatDoesNotReadIsPausedAndLosesNothing(int loops) {
    try (var server = new EdgeServer(kit.system(), loops, LinkLimits.DEFAULT);
        TestPeer from = server.connect(source, PATIENT);
        TestPeer to = server.connect(sink, PATIENT)) {
      source.onMessage = sendingTo(sink.socket().address(), NONE, NONE);
      var refused = new CompletableFuture<Void>();
      sink.onDelivery =
          (it, payload) -> {
            if (!it.forward(NONE, payload, NONE)) {
              refused.complete(null);
            }
          };
      String filler = "x".repeat(16 * 1024);
      int frames = 2000;
      Thread sender =
          Thread.startVirtualThread(
              () -> {
                for (int number = 0; number < frames; number++) {
                  from.send(filler + number);
                }
              });
      probe.awaitAssert(() -> assertThat(server.meters.paused.get()).isPositive());
      assertThat(server.meters.received.get()).isLessThan(frames);
      for (int number = 0; number < frames; number++) {
        assertThat(to.next()).isEqualTo(filler + number);
      }
      assertThat(refused).isNotDone();
      probe.awaitAssert(() -> assertThat(sender.isAlive()).isFalse());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void whatAPeerSentBeforeItLeftArrivesWhenThereIsRoom(int loops) {
    try (var server = new EdgeServer(kit.system(), loops, LinkLimits.DEFAULT);
        TestPeer to = server.connect(sink, PATIENT)) {
      TestPeer from = server.connect(source, PATIENT);
      source.onMessage = sendingTo(sink.socket().address(), NONE, NONE);
      int frames = 1000;
      Thread sender =
          Thread.startVirtualThread(
              () -> {
                sendFillers(from, frames);
                from.close();
              });
      probe.awaitAssert(() -> assertThat(server.meters.paused.get()).isPositive());
      for (int number = 0; number < frames; number++) {
        assertThat(to.next()).hasSize(16 * 1024);
      }
      probe.awaitAssert(() -> assertThat(sender.isAlive()).isFalse());
      probe.awaitAssert(() -> assertThat(source.heard).endsWith("closed PEER_DROPPED 0"));
      assertThat(server.meters.dropped).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void aPausedSenderGoesOnWhenTheTargetIsGone(int loops) {
    try (var server = new EdgeServer(kit.system(), loops, LinkLimits.DEFAULT);
        TestPeer from = server.connect(source, PATIENT)) {
      TestPeer to = server.connect(sink, PATIENT);
      Target target = target(server, source.socket(), sink.socket().address());
      source.onMessage = sending(target, NONE, NONE);
      int frames = 1000;
      Thread sender = Thread.startVirtualThread(() -> sendFillers(from, frames));
      probe.awaitAssert(() -> assertThat(server.meters.paused.get()).isPositive());
      assertThat(server.meters.received.get()).isLessThan(frames);
      to.close();
      probe.awaitAssert(() -> assertThat(server.meters.received.get()).isEqualTo(frames));
      probe.awaitAssert(() -> assertThat(sender.isAlive()).isFalse());
      assertThat(sendTo(server, source.socket(), target)).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void anAddressNobodyHasIsKnownToBeGone(int loops) {
    try (var server = new EdgeServer(kit.system(), loops, LinkLimits.DEFAULT);
        TestPeer _ = server.connect(source, PATIENT)) {
      var nobody = new SocketAddress(source.socket().address().edge(), 999);
      Target target = target(server, source.socket(), nobody);
      assertThat(sendTo(server, source.socket(), target)).isFalse();
    }
  }

  @Test
  void aSocketThatIsBeingClosedIsKnownToBeGoneOnItsOwnLoop() {
    try (var server = new EdgeServer(kit.system(), 1, LinkLimits.DEFAULT);
        TestPeer _ = server.connect(source, PATIENT);
        TestPeer _ = server.connect(sink, PATIENT)) {
      Target target = target(server, source.socket(), sink.socket().address());
      assertThat(sendTo(server, source.socket(), target)).isTrue();
      server.on(sink.socket(), () -> sink.socket().close(4401, "", CloseCause.CLOSED_BY_AGENT));
      assertThat(sendTo(server, source.socket(), target)).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void framesForASocketThatIsBeingClosedAreDroppedAndCounted(int loops) {
    try (var server = new EdgeServer(kit.system(), loops, LinkLimits.DEFAULT);
        TestPeer from = server.connect(source, PATIENT);
        TestPeer to = server.connect(sink, PATIENT)) {
      source.onMessage = sendingTo(sink.socket().address(), NONE, NONE);
      server.on(sink.socket(), () -> sink.socket().close(4401, "", CloseCause.CLOSED_BY_AGENT));
      assertThat(to.next()).isEqualTo("close 4401 ");
      from.send("late");
      probe.awaitAssert(
          () -> assertThat(server.meters.dropped).isEqualTo(Map.of(SocketMeters.Drop.CLOSING, 1)));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void aSmallWindowSlowsTheSenderButLosesNothing(int loops) {
    try (var server =
            new EdgeServer(kit.system(), loops, new LinkLimits(1024, 512, 16 * 1024, 4 * 1024));
        TestPeer from = server.connect(source, PATIENT);
        TestPeer to = server.connect(sink, PATIENT)) {
      source.onMessage = sendingTo(sink.socket().address(), NONE, NONE);
      int frames = 5000;
      Thread sender = Thread.startVirtualThread(() -> sendNumbers(from, frames));
      for (int number = 0; number < frames; number++) {
        assertThat(to.next()).isEqualTo("" + number);
      }
      probe.awaitAssert(() -> assertThat(sender.isAlive()).isFalse());
    }
  }

  private static void sendNumbers(TestPeer from, int count) {
    for (int first = 0; first < count; first += 100) {
      byte[][] frames = new byte[100][];
      for (int number = 0; number < 100; number++) {
        frames[number] = PeerFrames.text("" + (first + number));
      }
      from.send(frames);
    }
  }

  private static void sendFillers(TestPeer from, int count) {
    byte[] frame = PeerFrames.text("x".repeat(16 * 1024));
    for (int number = 0; number < count; number++) {
      from.send(frame);
    }
  }

  private static BiConsumer<Socket, ByteBuffer> sendingTo(
      SocketAddress address, byte[] head, byte[] tail) {
    return (it, payload) -> sending(it.target(address), head, tail).accept(it, payload);
  }

  private static BiConsumer<Socket, ByteBuffer> sending(Target target, byte[] head, byte[] tail) {
    return (it, payload) -> it.sendTo(target, Delivery.FRAME, 1, head, payload, tail, 0);
  }

  private static Target target(EdgeServer server, Socket from, SocketAddress address) {
    var target = new CompletableFuture<Target>();
    server.on(from, () -> target.complete(from.target(address)));
    return target.join();
  }

  private static boolean sendTo(EdgeServer server, Socket from, Target target) {
    var isSent = new CompletableFuture<Boolean>();
    server.on(
        from,
        () ->
            isSent.complete(
                from.sendTo(target, Delivery.FRAME, 1, NONE, ByteBuffer.wrap(NONE), NONE, 0)));
    return isSent.join();
  }
}
