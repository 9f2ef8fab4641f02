package relay.http.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.util.Set;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpEntity;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.jspecify.annotations.Nullable;

/** Says a route's answer, or the listener's own, in Netty's words. */
final class NettyResponses {
  private static final Set<String> SET_HERE =
      Set.of("content-length", "transfer-encoding", "date", "server");
  private static final Set<String> SET_BY_HANDSHAKE =
      Set.of("connection", "upgrade", "content-type", "sec-websocket-accept");

  private NettyResponses() {}

  /**
   * A route's answer; an explicit {@code Content-Type} header of it wins over its entity's.
   *
   * @throws IllegalStateException if the entity is not strict
   * @throws IllegalArgumentException if a header would break the response apart
   */
  static FullHttpResponse of(HttpResponse response, Exchange exchange, String date) {
    if (!(response.entity() instanceof HttpEntity.Strict entity)) {
      throw new IllegalStateException("a response that is not strict, expected a strict one");
    }
    HttpResponseStatus status =
        HttpResponseStatus.valueOf(response.status().intValue(), response.status().reason());
    boolean hasBody = response.status().allowsEntity();
    byte[] data = hasBody ? entity.getData().toArray() : new byte[0];
    FullHttpResponse netty =
        response(version(exchange), status, exchange.isHead() ? new byte[0] : data, date);
    copyHeaders(response, netty.headers(), Set.of());
    if (hasBody) {
      netty.headers().set(HttpHeaderNames.CONTENT_LENGTH, data.length);
      if (!netty.headers().contains(HttpHeaderNames.CONTENT_TYPE)
          && !entity.getContentType().equals(ContentTypes.NO_CONTENT_TYPE)) {
        netty.headers().set(HttpHeaderNames.CONTENT_TYPE, entity.getContentType().toString());
      }
    }
    return netty;
  }

  /**
   * Says what becomes of the connection after the response, and returns whether it goes on: as the
   * peer wishes, unless the route or a drain ends it.
   */
  static boolean settleConnection(
      FullHttpResponse response, Exchange exchange, boolean isDraining) {
    HttpHeaders headers = response.headers();
    boolean isClosedByRoute =
        headers.containsValue(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE, true);
    boolean goesOn = exchange.keepsAlive() && !isDraining && !isClosedByRoute;
    if (!goesOn && !isClosedByRoute) {
      headers.add(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
    } else if (goesOn && exchange.isHttp10()) {
      headers.add(HttpHeaderNames.CONNECTION, HttpHeaderValues.KEEP_ALIVE);
    }
    return goesOn;
  }

  /** The listener's own answer, which says no more than its status and ends the connection. */
  static FullHttpResponse last(
      HttpResponseStatus status, @Nullable Exchange exchange, String date) {
    FullHttpResponse netty = response(version(exchange), status, new byte[0], date);
    netty.headers().set(HttpHeaderNames.CONTENT_LENGTH, HttpHeaderValues.ZERO);
    netty.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
    return netty;
  }

  /** The 101 without subprotocol and extensions (pyrycode 1.5), with what the route added. */
  static FullHttpResponse switchingProtocols(HttpResponse response, String accept) {
    FullHttpResponse netty =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1, HttpResponseStatus.SWITCHING_PROTOCOLS, Unpooled.EMPTY_BUFFER);
    netty
        .headers()
        .set(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET)
        .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE)
        .set(HttpHeaderNames.SEC_WEBSOCKET_ACCEPT, accept);
    copyHeaders(response, netty.headers(), SET_BY_HANDSHAKE);
    return netty;
  }

  static FullHttpResponse goOn() {
    return new DefaultFullHttpResponse(
        HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE, Unpooled.EMPTY_BUFFER);
  }

  private static FullHttpResponse response(
      HttpVersion version, HttpResponseStatus status, byte[] body, String date) {
    ByteBuf content = body.length == 0 ? Unpooled.EMPTY_BUFFER : Unpooled.wrappedBuffer(body);
    FullHttpResponse netty = new DefaultFullHttpResponse(version, status, content);
    netty.headers().set(HttpHeaderNames.DATE, date);
    return netty;
  }

  private static HttpVersion version(@Nullable Exchange exchange) {
    return exchange != null && exchange.isHttp10() ? HttpVersion.HTTP_1_0 : HttpVersion.HTTP_1_1;
  }

  private static void copyHeaders(HttpResponse from, HttpHeaders to, Set<String> except) {
    for (HttpHeader header : from.getHeaders()) {
      String name = header.lowercaseName();
      if (!SET_HERE.contains(name) && !except.contains(name)) {
        to.add(header.name(), header.value());
      }
    }
  }
}
