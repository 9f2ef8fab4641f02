package relay.http.transport;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.concurrent.TimeUnit;

/** The threads that accept and carry connections: native epoll where there is one, else NIO. */
public final class EventLoops implements AutoCloseable {
  private static final long CLOSE_SECONDS = 5;

  private final EventLoopGroup acceptors;
  private final EventLoopGroup carriers;
  private final Class<? extends ServerSocketChannel> channel;

  private EventLoops(
      IoHandlerFactory io, Class<? extends ServerSocketChannel> channel, int carriers) {
    this.acceptors =
        new MultiThreadIoEventLoopGroup(1, new DefaultThreadFactory("relay-accept"), io);
    this.carriers =
        new MultiThreadIoEventLoopGroup(carriers, new DefaultThreadFactory("relay-loop"), io);
    this.channel = channel;
  }

  /** Starts that many carrying loops; 0 means half the cores, at least one. */
  public static EventLoops start(int loops) {
    int carriers = loops > 0 ? loops : Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
    return Epoll.isAvailable()
        ? new EventLoops(EpollIoHandler.newFactory(), EpollServerSocketChannel.class, carriers)
        : portable(carriers);
  }

  /** The same without native code. */
  static EventLoops portable(int carriers) {
    return new EventLoops(NioIoHandler.newFactory(), NioServerSocketChannel.class, carriers);
  }

  EventLoopGroup acceptors() {
    return acceptors;
  }

  EventLoopGroup carriers() {
    return carriers;
  }

  /** Bounds what the kernel holds of each connection, where it can be told to. */
  void boundUnsent(ServerBootstrap server, long bytes) {
    if (channel == EpollServerSocketChannel.class) {
      server.childOption(EpollChannelOption.TCP_NOTSENT_LOWAT, bytes);
    }
  }

  Class<? extends ServerSocketChannel> channel() {
    return channel;
  }

  /** Ends the threads, and with them every connection that is left. */
  @Override
  public void close() {
    var accepting = acceptors.shutdownGracefully(0, CLOSE_SECONDS, TimeUnit.SECONDS);
    var carrying = carriers.shutdownGracefully(0, CLOSE_SECONDS, TimeUnit.SECONDS);
    accepting.awaitUninterruptibly();
    carrying.awaitUninterruptibly();
  }
}
