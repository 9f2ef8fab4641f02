package relay.http.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import java.time.Duration;

/**
 * Ends a connection so that its peer can still read what it was sent: closes this side only, then
 * throws away what arrives, so many bytes and so long. Closing at once would answer bytes that are
 * still under way with a reset, which destroys the response in the peer's hands.
 */
final class LingeringClose extends ChannelInboundHandlerAdapter {
  private static final int MAX_DRAINED_BYTES = 1 << 20;
  private static final Duration WRITE_LIMIT = Duration.ofSeconds(60);
  private static final Duration DRAIN_LIMIT = Duration.ofSeconds(2);

  private final ChannelFuture lastWrite;
  private final Deadline deadline = new Deadline();
  private int drained;

  private LingeringClose(ChannelFuture lastWrite) {
    this.lastWrite = lastWrite;
  }

  /** To be added at the pipeline's end, before the handlers that spoke until now leave it. */
  static LingeringClose after(ChannelFuture lastWrite) {
    return new LingeringClose(lastWrite);
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    deadline.begin(ctx.channel().eventLoop(), WRITE_LIMIT, () -> close(ctx));
    if (!isInputEnded(ctx)) {
      ctx.channel().config().setAutoRead(true);
    }
    lastWrite.addListener(written -> closeOutput(ctx, written.isSuccess()));
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    deadline.cancel();
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (message instanceof ByteBuf bytes) {
      drained += bytes.readableBytes();
    }
    ReferenceCountUtil.release(message);
    if (drained > MAX_DRAINED_BYTES) {
      close(ctx);
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event instanceof ChannelInputShutdownEvent && lastWrite.isDone()) {
      close(ctx);
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    close(ctx);
  }

  private void closeOutput(ChannelHandlerContext ctx, boolean written) {
    if (!written || isInputEnded(ctx) || !(ctx.channel() instanceof DuplexChannel channel)) {
      close(ctx);
      return;
    }
    deadline.begin(ctx.channel().eventLoop(), DRAIN_LIMIT, () -> close(ctx));
    SslHandler tls = ctx.pipeline().get(SslHandler.class);
    if (tls == null) {
      shutdownOutput(channel);
    } else {
      tls.closeOutbound().addListener(_ -> shutdownOutput(channel));
    }
  }

  private static boolean isInputEnded(ChannelHandlerContext ctx) {
    return ctx.channel() instanceof DuplexChannel channel && channel.isInputShutdown();
  }

  private static void shutdownOutput(DuplexChannel channel) {
    var _ = channel.shutdownOutput();
  }

  private static void close(ChannelHandlerContext ctx) {
    var _ = ctx.close();
  }
}
