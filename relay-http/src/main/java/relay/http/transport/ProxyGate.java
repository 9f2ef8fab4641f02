package relay.http.transport;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.haproxy.HAProxyCommand;
import io.netty.handler.codec.haproxy.HAProxyMessage;
import io.netty.handler.codec.haproxy.HAProxyProtocolVersion;
import io.netty.handler.codec.haproxy.HAProxyProxiedProtocol;
import io.netty.util.NetUtil;
import io.netty.util.ReferenceCountUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * Lets a connection in whose PROXY v2 header names a TCP source, and closes every other without a
 * word (pyrycode 6.4).
 */
final class ProxyGate extends ChannelInboundHandlerAdapter {
  private final ListenerContext context;
  private final Entrance entrance;
  private final Deadline deadline = new Deadline();
  private boolean isRefused;

  ProxyGate(ListenerContext context, Entrance entrance) {
    this.context = context;
    this.entrance = entrance;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    deadline.begin(ctx.channel().eventLoop(), context.settings().headTimeout(), () -> refuse(ctx));
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    deadline.cancel();
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    try {
      Optional<InetSocketAddress> source =
          message instanceof HAProxyMessage header ? source(header) : Optional.empty();
      if (source.isEmpty()) {
        refuse(ctx);
        return;
      }
      // Bytes behind the header follow when its decoder leaves, which it does after this call.
      entrance.afterProxyHeader(ctx.pipeline(), source.get());
      ctx.pipeline().remove(this);
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    // The end of the peer's bytes or of the listener: either way no header will come.
    var _ = ctx.close();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    refuse(ctx);
  }

  private void refuse(ChannelHandlerContext ctx) {
    deadline.cancel();
    if (!isRefused) {
      isRefused = true;
      context.meters().refused(ListenerMeters.Reason.PROXY_HEADER);
      var _ = ctx.close();
    }
  }

  private static Optional<InetSocketAddress> source(HAProxyMessage header) {
    HAProxyProxiedProtocol protocol = header.proxiedProtocol();
    if (header.protocolVersion() != HAProxyProtocolVersion.V2
        || header.command() != HAProxyCommand.PROXY
        || (protocol != HAProxyProxiedProtocol.TCP4 && protocol != HAProxyProxiedProtocol.TCP6)) {
      return Optional.empty();
    }
    InetAddress address = NetUtil.createInetAddressFromIpAddressString(header.sourceAddress());
    return Optional.ofNullable(address)
        .map(known -> new InetSocketAddress(known, header.sourcePort()));
  }
}
