package relay.http.transport;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import relay.core.settings.HttpSettings;

/**
 * The public listener: Netty carries the bytes, the sealed route decides about every request, and
 * an upgraded connection goes to the {@link SocketPhase}.
 */
public final class Listener {
  private static final int BACKLOG = 4096;

  private final Channel server;
  private final OpenChannels open;

  /**
   * What connections are accepted for.
   *
   * @param route evaluated on event loops, so it never blocks; a response that is not strict is a
   *     bug and answered 500
   * @param maxOpen most connections at once, whatever they have become; the next is closed unheard
   */
  public record Service(
      SocketPhase sockets,
      Function<HttpRequest, CompletionStage<HttpResponse>> route,
      long maxOpen) {}

  private Listener(Channel server, OpenChannels open) {
    this.server = server;
    this.open = open;
  }

  /** Begins to accept connections. */
  public static Listener bind(
      HttpSettings settings, EventLoops loops, Service service, ListenerMeters meters) {
    OpenChannels open = new OpenChannels();
    ListenerContext context =
        new ListenerContext(
            settings,
            settings.tls() == null ? null : Tls.server(settings.tls()),
            service.route(),
            service.sockets(),
            meters,
            open,
            new DateHeader(Clock.systemUTC()));
    ServerBootstrap server =
        new ServerBootstrap()
            .group(loops.acceptors(), loops.carriers())
            .channel(loops.channel())
            .option(ChannelOption.SO_BACKLOG, BACKLOG)
            .option(ChannelOption.SO_REUSEADDR, true)
            .handler(new AcceptFailures(meters))
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childOption(ChannelOption.RECVBUF_ALLOCATOR, new ReadSpace())
            // A peer that ends its side after a request still gets the answer.
            .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
            .childHandler(new Entrance(context, service.maxOpen()));
    loops.boundUnsent(server, settings.maxUnsentBytes());
    ChannelFuture bound = server.bind(settings.host(), settings.port()).awaitUninterruptibly();
    if (!bound.isSuccess()) {
      throw new UncheckedIOException(
          new BindException(
              "%s:%d cannot be bound: %s"
                  .formatted(settings.host(), settings.port(), bound.cause().getMessage())));
    }
    return new Listener(bound.channel(), open);
  }

  /** The port it accepts connections on. */
  public int port() {
    return ((InetSocketAddress) server.localAddress()).getPort();
  }

  /** Accepts no more connections; those that are open go on. */
  public void stopAccepting() {
    server.close().awaitUninterruptibly();
  }

  /**
   * Stops accepting, lets requests under way finish, and closes what has not finished within the
   * deadline. Sockets are not touched.
   *
   * @return completes when no connection is in its HTTP phase any more
   */
  public CompletionStage<Void> close(Duration deadline) {
    stopAccepting();
    CompletionStage<Void> drained = open.drain();
    var _ = server.eventLoop().schedule(open::closeAll, deadline.toMillis(), TimeUnit.MILLISECONDS);
    return drained;
  }
}
