package relay.http.transport;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import java.io.ByteArrayOutputStream;

/**
 * One request and what its answer has to know of it.
 *
 * @param keepsAlive whether the peer wishes to go on after the answer
 * @param asksForUpgrade whether it carries an {@code Upgrade} header
 * @param isHead whether the answer has no body
 * @param body as much of the request's body as has arrived
 */
record Exchange(
    HttpRequest head,
    boolean keepsAlive,
    boolean asksForUpgrade,
    boolean isHead,
    ByteArrayOutputStream body) {

  static Exchange of(HttpRequest head) {
    return new Exchange(
        head,
        HttpUtil.isKeepAlive(head),
        head.headers().contains(HttpHeaderNames.UPGRADE),
        head.method().equals(HttpMethod.HEAD),
        new ByteArrayOutputStream(0));
  }

  HttpHeaders headers() {
    return head.headers();
  }

  boolean isHttp10() {
    return head.protocolVersion().equals(HttpVersion.HTTP_1_0);
  }

  boolean hasBody() {
    return HttpUtil.isTransferEncodingChunked(head) || HttpUtil.getContentLength(head, 0L) > 0;
  }
}
