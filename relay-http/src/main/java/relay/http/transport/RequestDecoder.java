package relay.http.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.List;
import relay.core.settings.HttpSettings;

/**
 * Netty's request decoder, strict, that can be held between two requests: what a peer sends ahead
 * stays undecoded, so that it is answered in order or given unchanged to a socket.
 */
final class RequestDecoder extends HttpRequestDecoder {
  private final Runnable headBegun;
  private boolean isHeld;
  private boolean hasInputEnded;
  private boolean isInsideRequest;

  /**
   * @param headBegun told when the first byte of a request is seen
   */
  RequestDecoder(HttpSettings settings, Runnable headBegun) {
    super(
        new HttpDecoderConfig()
            .setMaxInitialLineLength(settings.maxHeadBytes())
            .setMaxHeaderSize(settings.maxHeadBytes())
            .setAllowDuplicateContentLengths(false)
            .setUseRfc9112TransferEncoding(true)
            .setStrictLineParsing(true)
            .setValidateHeaders(true));
    this.headBegun = headBegun;
  }

  @Override
  protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) throws Exception {
    if (isHeld) {
      return;
    }
    if (!isInsideRequest && in.isReadable()) {
      isInsideRequest = true;
      headBegun.run();
    }
    super.decode(ctx, in, out);
    if (!out.isEmpty() && out.getLast() instanceof LastHttpContent) {
      isInsideRequest = false;
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) throws Exception {
    if (event instanceof ChannelInputShutdownEvent) {
      hasInputEnded = true;
      if (isHeld) {
        return;
      }
    }
    super.userEventTriggered(ctx, event);
  }

  /** Whether some bytes of a request have arrived and its end has not. */
  boolean isInsideRequest() {
    return isInsideRequest;
  }

  boolean isHeld() {
    return isHeld;
  }

  /** Whether the peer has ended its side, noticed or not. */
  boolean hasInputEnded() {
    return hasInputEnded;
  }

  /** Decodes no further request until {@link #release}, and reads no more than it has begun to. */
  void hold(Channel channel) {
    isHeld = true;
    channel.config().setAutoRead(false);
  }

  /** Goes on with what has arrived meanwhile; never called from within {@link #decode}. */
  void release(Channel channel) {
    isHeld = false;
    ChannelHandlerContext own = channel.pipeline().context(this);
    try {
      channelRead(own, Unpooled.EMPTY_BUFFER);
      if (!isHeld && hasInputEnded && !own.isRemoved()) {
        super.userEventTriggered(own, ChannelInputShutdownEvent.INSTANCE);
      }
    } catch (Exception e) {
      own.fireExceptionCaught(e);
    }
    // Nothing is left to be read from a peer that has ended, and epoll objects to being asked.
    if (!isHeld && !hasInputEnded) {
      channel.config().setAutoRead(true);
    }
  }
}
