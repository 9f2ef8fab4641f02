package relay.http.transport;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.ReferenceCountUtil;
import java.net.InetSocketAddress;

/** Waits behind the TLS handler for the end of the handshake, and only so long. */
final class TlsGate extends ChannelInboundHandlerAdapter {
  private final ListenerContext context;
  private final InetSocketAddress peer;
  private final Deadline deadline = new Deadline();

  private TlsGate(ListenerContext context, InetSocketAddress peer) {
    this.context = context;
    this.peer = peer;
  }

  static void enter(
      ChannelPipeline pipeline, ListenerContext context, SslContext tls, InetSocketAddress peer) {
    pipeline.addLast(new PlainHttpGuard(tls, context.meters()), new TlsGate(context, peer));
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
    ReferenceCountUtil.release(message);
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event instanceof SslHandshakeCompletionEvent handshake) {
      if (handshake.isSuccess()) {
        HttpPhase.enter(ctx.pipeline(), context, peer);
        ctx.pipeline().remove(this);
      } else {
        refuse(ctx);
      }
    } else if (event instanceof ChannelInputShutdownEvent || event == OpenChannels.Drain.BEGIN) {
      var _ = ctx.close();
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    // The TLS handler reports a failed handshake twice, here and as an event; the event is counted.
    var _ = ctx.close();
  }

  private void refuse(ChannelHandlerContext ctx) {
    deadline.cancel();
    context.meters().refused(ListenerMeters.Reason.TLS_HANDSHAKE);
    var _ = ctx.close();
  }
}
