package relay.http.transport;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.haproxy.HAProxyMessageDecoder;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import relay.core.log.EventLog;
import relay.core.log.LogKey;

/**
 * Leads a new connection through what its listener demands: PROXY header, TLS, HTTP. A stage adds
 * the next one when it is passed and leaves the pipeline, so an idle socket carries none of them.
 */
@Sharable
final class Entrance extends ChannelInitializer<Channel> {
  private static final EventLog LOG = EventLog.of(Entrance.class);
  private static final int MAX_PROXY_EXTENSION_BYTES = 4096;

  private final ListenerContext context;
  private final long maxOpen;
  private final ChannelFutureListener ended;
  private final AtomicLong open = new AtomicLong();
  private final WarningPace pace = new WarningPace(Duration.ofMinutes(1));

  Entrance(ListenerContext context, long maxOpen) {
    this.context = context;
    this.maxOpen = maxOpen;
    this.ended =
        future -> {
          open.decrementAndGet();
          context.meters().closed();
          context.open().remove(future.channel());
        };
  }

  @Override
  protected void initChannel(Channel channel) {
    boolean isOneTooMany = open.incrementAndGet() > maxOpen;
    context.meters().opened();
    channel.closeFuture().addListener(ended);
    if (isOneTooMany) {
      refuse(channel);
      return;
    }
    // The address is missing if the peer has gone while it waited to be accepted.
    if (!(channel.remoteAddress() instanceof InetSocketAddress peer)
        || !context.open().add(channel)) {
      var _ = channel.close();
      return;
    }
    if (context.settings().proxyProtocol()) {
      channel
          .pipeline()
          .addLast(
              new HAProxyMessageDecoder(MAX_PROXY_EXTENSION_BYTES), new ProxyGate(context, this));
    } else {
      afterProxyHeader(channel.pipeline(), peer);
    }
  }

  /** Without a word, which would cost more than it helps; the log is told now and then. */
  private void refuse(Channel channel) {
    context.meters().refused(ListenerMeters.Reason.TOO_MANY);
    if (pace.mayWarn(channel.eventLoop().ticker().nanoTime())) {
      LOG.warn("too many connections").with(LogKey.ERR, maxOpen + " are open").write();
    }
    var _ = channel.close();
  }

  void afterProxyHeader(ChannelPipeline pipeline, InetSocketAddress peer) {
    if (context.tls() == null) {
      HttpPhase.enter(pipeline, context, peer);
    } else {
      TlsGate.enter(pipeline, context, context.tls(), peer);
    }
  }
}
