package relay.http.transport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRefResolver;
import relay.core.wire.ClusterMessage;
import relay.http.socket.Socket;
import relay.http.socket.SocketLimits;
import relay.http.socket.Upgrade;

/** One socket without a network: its time stands still and its writes can be held up. */
final class PlayedSocket implements AutoCloseable {
  static final SocketLimits LIMITS = limits(4 * 1024 * 1024, false);

  private static final byte[] NONE = {};

  final PlayedHandler handler;
  final CountedSockets meters = new CountedSockets();
  final EdgeNode node;
  final EmbeddedChannel channel;
  private final Dam dam = new Dam();

  PlayedSocket(ActorTestKit kit, PlayedHandler handler, SocketLimits limits) {
    this(kit, handler, limits, ByteBufAllocator.DEFAULT);
  }

  PlayedSocket(
      ActorTestKit kit, PlayedHandler handler, SocketLimits limits, ByteBufAllocator alloc) {
    this.handler = handler;
    TestProbe<ClusterMessage> edge = kit.createTestProbe();
    this.node =
        new EdgeNode(
            edge.ref(),
            "here",
            ActorRefResolver.get(kit.system()),
            new SocketTable(InstantSource.system()),
            new EdgeLoops(),
            LinkLimits.DEFAULT,
            meters,
            InstantSource.system());
    this.channel = new EmbeddedChannel();
    channel.config().setAllocator(alloc);
    channel.freezeTime();
    channel.pipeline().addLast(dam);
    channel.pipeline().addLast(new ConnectionHandler(node, new Upgrade(handler, limits), "peer:1"));
  }

  static SocketLimits limits(long maxQueuedBytes, boolean pausesSenders) {
    return new SocketLimits(
        256 * 1024,
        maxQueuedBytes,
        64,
        pausesSenders,
        Duration.ofSeconds(30),
        Duration.ofSeconds(10),
        Duration.ofSeconds(5));
  }

  static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(UTF_8));
  }

  /** Forwards these to the peer, which there must be room for. */
  void forward(String... messages) {
    for (String message : messages) {
      assertThat(socket().forward(NONE, bytes(message), NONE)).isTrue();
    }
  }

  Socket socket() {
    return handler.socket();
  }

  void receive(byte[]... frames) {
    channel.writeInbound(Unpooled.copiedBuffer(PeerFrames.joined(frames)));
  }

  /** Runs what the loop has to do. */
  void turn() {
    channel.runPendingTasks();
  }

  void pass(Duration time) {
    channel.advanceTimeBy(time.toMillis(), TimeUnit.MILLISECONDS);
    channel.runScheduledPendingTasks();
    channel.runPendingTasks();
  }

  /** From now on the network takes nothing. */
  void holdUpWrites() {
    dam.isShut = true;
  }

  /** The network takes the oldest write that is held up, and nothing else. */
  void letOneWritePass() {
    dam.letOne();
    channel.runPendingTasks();
  }

  void letWritesPass() {
    dam.open();
    channel.runPendingTasks();
  }

  /** Every write since the last call, as the frames it held. */
  List<List<String>> writes() {
    turn();
    List<List<String>> writes = new ArrayList<>();
    for (ByteBuf write = channel.readOutbound(); write != null; write = channel.readOutbound()) {
      writes.add(PeerFrames.read(ByteBufUtil.getBytes(write)));
      write.release();
    }
    return writes;
  }

  /** The frames of these writes in one list. */
  List<String> written() {
    return writes().stream().flatMap(List::stream).toList();
  }

  @Override
  public void close() {
    dam.open();
    channel.finishAndReleaseAll();
  }

  /** Keeps writes as a full socket buffer would. */
  private static final class Dam extends ChannelOutboundHandlerAdapter {
    private record Held(ChannelHandlerContext context, Object message, ChannelPromise promise) {}

    private final Queue<Held> held = new ArrayDeque<>();
    private boolean isShut;

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
      if (isShut) {
        held.add(new Held(context, message, promise));
      } else {
        var _ = context.write(message, promise);
      }
    }

    void letOne() {
      Held next = held.remove();
      var _ = next.context.writeAndFlush(next.message, next.promise);
    }

    void open() {
      isShut = false;
      for (Held next = held.poll(); next != null; next = held.poll()) {
        var _ = next.context.writeAndFlush(next.message, next.promise);
      }
    }
  }
}
