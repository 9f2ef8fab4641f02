package relay.http.transport;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import java.util.Optional;
import relay.http.transport.ListenerMeters.Reason;

/** What the listener itself demands of a request head before any route sees it. */
final class HeadCheck {

  /** The status that ends the connection, and how it is counted. */
  record Refused(HttpResponseStatus status, Reason reason) {}

  private HeadCheck() {}

  static Optional<Refused> refusal(HttpRequest head, int maxBodyBytes) {
    if (head.decoderResult().isFailure()) {
      return Optional.of(undecodable(head.decoderResult().cause()));
    }
    HttpVersion version = head.protocolVersion();
    if (!version.equals(HttpVersion.HTTP_1_1) && !version.equals(HttpVersion.HTTP_1_0)) {
      return malformed(HttpResponseStatus.HTTP_VERSION_NOT_SUPPORTED);
    }
    // RFC 9112 3.2: one Host in HTTP/1.1, and never two.
    int hosts = head.headers().getAll(HttpHeaderNames.HOST).size();
    if (hosts > 1 || (hosts == 0 && version.equals(HttpVersion.HTTP_1_1))) {
      return malformed(HttpResponseStatus.BAD_REQUEST);
    }
    if (hasUnknownCoding(head)) {
      return malformed(HttpResponseStatus.NOT_IMPLEMENTED);
    }
    if (HttpUtil.getContentLength(head, 0L) > maxBodyBytes) {
      return Optional.of(
          new Refused(HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE, Reason.BODY_TOO_LARGE));
    }
    return unknownExpectation(head)
        ? malformed(HttpResponseStatus.EXPECTATION_FAILED)
        : Optional.empty();
  }

  private static Refused undecodable(Throwable cause) {
    return switch (cause) {
      case TooLongHttpLineException _ ->
          new Refused(HttpResponseStatus.REQUEST_URI_TOO_LONG, Reason.HEAD_TOO_LARGE);
      case TooLongHttpHeaderException _ ->
          new Refused(HttpResponseStatus.REQUEST_HEADER_FIELDS_TOO_LARGE, Reason.HEAD_TOO_LARGE);
      default -> new Refused(HttpResponseStatus.BAD_REQUEST, Reason.MALFORMED);
    };
  }

  private static Optional<Refused> malformed(HttpResponseStatus status) {
    return Optional.of(new Refused(status, Reason.MALFORMED));
  }

  /** RFC 9112 6.1: a body in a coding that is not understood would be handed on as it came. */
  private static boolean hasUnknownCoding(HttpRequest head) {
    return head.headers().getAll(HttpHeaderNames.TRANSFER_ENCODING).stream()
        .anyMatch(coding -> !HttpHeaderValues.CHUNKED.contentEqualsIgnoreCase(coding));
  }

  private static boolean unknownExpectation(HttpRequest head) {
    return head.protocolVersion().equals(HttpVersion.HTTP_1_1)
        && head.headers().contains(HttpHeaderNames.EXPECT)
        && !head.headers().containsValue(HttpHeaderNames.EXPECT, HttpHeaderValues.CONTINUE, true);
  }
}
