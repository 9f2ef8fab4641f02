package relay.http.transport;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.haproxy.HAProxyMessageDecoder;
import java.net.InetSocketAddress;

/**
 * Leads a new connection through what its listener demands: PROXY header, TLS, HTTP. A stage adds
 * the next one when it is passed and leaves the pipeline, so an idle socket carries none of them.
 */
@Sharable
final class Entrance extends ChannelInitializer<Channel> {
  private static final int MAX_PROXY_EXTENSION_BYTES = 4096;

  private final ListenerContext context;
  private final ChannelFutureListener ended;

  Entrance(ListenerContext context) {
    this.context = context;
    this.ended =
        future -> {
          context.meters().closed();
          context.open().remove(future.channel());
        };
  }

  @Override
  protected void initChannel(Channel channel) {
    context.meters().opened();
    channel.closeFuture().addListener(ended);
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

  void afterProxyHeader(ChannelPipeline pipeline, InetSocketAddress peer) {
    if (context.tls() == null) {
      HttpPhase.enter(pipeline, context, peer);
    } else {
      TlsGate.enter(pipeline, context, context.tls(), peer);
    }
  }
}
