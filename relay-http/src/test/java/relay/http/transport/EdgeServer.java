package relay.http.transport;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.pekko.actor.typed.ActorSystem;
import relay.http.socket.Socket;
import relay.http.socket.SocketLimits;
import relay.http.socket.Upgrade;

/** An edge whose connections are sockets from their first byte on. */
final class EdgeServer implements AutoCloseable {
  /** Longer than a busy machine keeps a test waiting. */
  static final Duration LONG = Duration.ofMinutes(5);

  static final SocketLimits PATIENT = patient(4 * 1024 * 1024, false);

  final CountedSockets meters = new CountedSockets();
  final Edge edge;
  private final Queue<Upgrade> expected = new ConcurrentLinkedQueue<>();
  private final EventLoops loops;
  private final Channel listener;

  EdgeServer(ActorSystem<?> system, int loops, LinkLimits limits) {
    this.edge = Edge.start(system, meters, InstantSource.system(), limits);
    this.loops = EventLoops.start(loops);
    this.listener =
        new ServerBootstrap()
            .group(this.loops.acceptors(), this.loops.carriers())
            .channel(this.loops.channel())
            .childHandler(
                new ChannelInitializer<>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    channel.pipeline().addLast(edge.begin(expected.remove(), "peer"));
                  }
                })
            .bind("127.0.0.1", 0)
            .syncUninterruptibly()
            .channel();
  }

  static SocketLimits patient(long maxQueuedBytes, boolean pausesSenders) {
    return new SocketLimits(256 * 1024, maxQueuedBytes, 64, pausesSenders, LONG, LONG, LONG);
  }

  /** A peer whose socket has this handler; sockets take the loops in turn. */
  TestPeer connect(PlayedHandler handler, SocketLimits limits) {
    expected.add(new Upgrade(handler, limits));
    var peer = new TestPeer(((InetSocketAddress) listener.localAddress()).getPort());
    Socket _ = handler.socket();
    return peer;
  }

  /** Runs it on the socket's loop. */
  void on(Socket socket, Runnable what) {
    ((WebSocketConnection) socket).loop().post(what);
  }

  @Override
  public void close() {
    listener.close().syncUninterruptibly();
    loops.close();
  }
}
