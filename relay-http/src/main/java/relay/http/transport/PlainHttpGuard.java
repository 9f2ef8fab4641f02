package relay.http.transport;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import java.nio.CharBuffer;
import java.util.List;
import java.util.Set;

/**
 * Looks at the first bytes of a TLS connection and tells a client that speaks plain HTTP what is
 * wrong, as Go's server does (pyrycode 6.4); everything else is the TLS handler's.
 */
final class PlainHttpGuard extends ByteToMessageDecoder {
  private static final int LOOK_AHEAD = 5;
  private static final Set<String> HTTP_BEGINNINGS =
      Set.of("GET /", "HEAD ", "POST ", "PUT /", "OPTIO");
  private static final String REPLY =
      "HTTP/1.0 400 Bad Request\r\n\r\nClient sent an HTTP request to an HTTPS server.\n";

  private final SslContext tls;
  private final ListenerMeters meters;

  PlainHttpGuard(SslContext tls, ListenerMeters meters) {
    this.tls = tls;
    this.meters = meters;
  }

  @Override
  protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
    if (in.readableBytes() < LOOK_AHEAD) {
      return;
    }
    String beginning = in.toString(in.readerIndex(), LOOK_AHEAD, US_ASCII);
    if (HTTP_BEGINNINGS.contains(beginning)) {
      refuse(ctx);
      return;
    }
    SslHandler handler = tls.newHandler(ctx.alloc());
    // TlsGate bounds the handshake.
    handler.setHandshakeTimeoutMillis(0);
    ctx.pipeline().replace(this, null, handler);
  }

  private void refuse(ChannelHandlerContext ctx) {
    meters.refused(ListenerMeters.Reason.NOT_TLS);
    ctx.pipeline().remove(TlsGate.class);
    ByteBuf reply = ByteBufUtil.encodeString(ctx.alloc(), CharBuffer.wrap(REPLY), US_ASCII);
    ctx.pipeline().addLast(LingeringClose.after(ctx.writeAndFlush(reply)));
    ctx.pipeline().remove(this);
  }
}
