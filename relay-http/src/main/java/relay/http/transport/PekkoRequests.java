package relay.http.transport;

import io.netty.handler.codec.http.HttpHeaderNames;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.pekko.http.javadsl.model.ContentType;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpMethod;
import org.apache.pekko.http.javadsl.model.HttpMethods;
import org.apache.pekko.http.javadsl.model.HttpProtocols;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.RequestEntityAcceptances;
import org.apache.pekko.http.javadsl.model.Uri;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import relay.http.socket.Upgrade;

/** Says a request that Netty has read in Pekko HTTP's words. */
final class PekkoRequests {
  /** Carried by the entity or by the connection, not by the list of headers. */
  private static final Set<String> NOT_LISTED =
      Set.of("content-type", "content-length", "transfer-encoding");

  /** What Pekko's directives ask for by type. Every other header stays raw, which costs nothing. */
  private static final Set<String> TYPED =
      Set.of(
          "accept",
          "accept-charset",
          "accept-encoding",
          "accept-language",
          "authorization",
          "cookie",
          "host",
          "if-match",
          "if-modified-since",
          "if-none-match",
          "if-unmodified-since",
          "origin",
          "range");

  /** The credentials of an upgrade are read by the same directive as any other request's. */
  private static final Set<String> TYPED_IN_UPGRADE = Set.of("authorization");

  private PekkoRequests() {}

  /**
   * Empty if target, host or content type is malformed.
   *
   * <p>{@code HEAD} is shown to the route as {@code GET}, since both have the same answer but for
   * the body; not so in an upgrade, where only {@code GET} is right.
   */
  static Optional<HttpRequest> of(Exchange exchange, InetSocketAddress peer, boolean isSecure) {
    try {
      return uri(exchange, isSecure)
          .map(
              uri ->
                  HttpRequest.create()
                      .withMethod(method(exchange))
                      .withUri(uri)
                      .withProtocol(
                          exchange.isHttp10() ? HttpProtocols.HTTP_1_0 : HttpProtocols.HTTP_1_1)
                      .withHeaders(headers(exchange))
                      .withEntity(contentType(exchange), exchange.body().toByteArray())
                      .addAttribute(Upgrade.PEER, peer));
    } catch (RuntimeException e) {
      // The model's own validation: URI syntax, content type syntax, a body where none may be.
      return Optional.empty();
    }
  }

  /** RFC 9112 3.2: origin-form or absolute-form; the latter's host counts. */
  private static Optional<Uri> uri(Exchange exchange, boolean isSecure) {
    String target = exchange.head().uri();
    String host = Optional.ofNullable(exchange.headers().get(HttpHeaderNames.HOST)).orElse("");
    if (!isVisibleAscii(target) || target.indexOf('#') >= 0 || !isHost(host)) {
      return Optional.empty();
    }
    if (target.startsWith("/")) {
      String authority = host.isEmpty() ? "" : (isSecure ? "https://" : "http://") + host;
      // Without an authority two slashes at the start would be read as one.
      return target.startsWith("//") && host.isEmpty()
          ? Optional.empty()
          : Optional.of(Uri.create(authority + target));
    }
    String lower = target.toLowerCase(Locale.ROOT);
    return lower.startsWith("http://") || lower.startsWith("https://")
        ? Optional.of(Uri.create(target))
        : Optional.empty();
  }

  private static boolean isVisibleAscii(String text) {
    return text.chars().allMatch(c -> c > ' ' && c < 0x7F);
  }

  private static boolean isHost(String text) {
    return isVisibleAscii(text) && text.chars().noneMatch(c -> "/?#@\\".indexOf(c) >= 0);
  }

  private static HttpMethod method(Exchange exchange) {
    if (exchange.isHead() && !exchange.asksForUpgrade()) {
      return HttpMethods.GET;
    }
    String name = exchange.head().method().name();
    return HttpMethods.lookup(name)
        .orElseGet(() -> HttpMethods.custom(name, false, false, RequestEntityAcceptances.Expected));
  }

  private static List<HttpHeader> headers(Exchange exchange) {
    Set<String> typed = exchange.asksForUpgrade() ? TYPED_IN_UPGRADE : TYPED;
    List<HttpHeader> headers = new ArrayList<>(exchange.headers().size());
    var each = exchange.headers().iteratorAsString();
    while (each.hasNext()) {
      Map.Entry<String, String> header = each.next();
      String lowerName = header.getKey().toLowerCase(Locale.ROOT);
      if (!NOT_LISTED.contains(lowerName)) {
        headers.add(header(header.getKey(), header.getValue(), typed.contains(lowerName)));
      }
    }
    return headers;
  }

  private static HttpHeader header(String name, String value, boolean isTyped) {
    if (isTyped) {
      try {
        return HttpHeader.parse(name, value);
      } catch (RuntimeException e) {
        // As in Pekko's own server, what cannot be parsed is still there to be looked at.
        return RawHeader.create(name, value);
      }
    }
    return RawHeader.create(name, value);
  }

  private static ContentType contentType(Exchange exchange) {
    String value = exchange.headers().get(HttpHeaderNames.CONTENT_TYPE);
    return value == null ? HttpEntities.EMPTY.getContentType() : ContentTypes.parse(value);
  }
}
