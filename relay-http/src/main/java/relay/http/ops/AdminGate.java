package relay.http.ops;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.Set;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.jspecify.annotations.Nullable;

/**
 * Who may call what: with an admin token every path but three needs it; without one, whoever
 * reaches the loopback listener, unless a web page sent them.
 */
final class AdminGate {
  private static final Set<String> OPEN = Set.of("/alive", "/ready", "/metrics");
  private static final String SCHEME = "bearer ";

  private final byte @Nullable [] token;

  AdminGate(@Nullable String token) {
    this.token = token == null ? null : bytes(token);
  }

  /** Why the request is refused, or nothing. */
  Optional<OpsError> refusal(HttpRequest request) {
    if (OPEN.contains(request.getUri().getPathString())) {
      return Optional.empty();
    }
    if (token == null) {
      return header(request, "Origin").map(_ -> OpsError.BROWSER_REFUSED);
    }
    boolean isKnown =
        header(request, "Authorization")
            .filter(value -> value.regionMatches(true, 0, SCHEME, 0, SCHEME.length()))
            .map(value -> bytes(value.substring(SCHEME.length()).strip()))
            .filter(given -> MessageDigest.isEqual(given, token))
            .isPresent();
    return isKnown ? Optional.empty() : Optional.of(OpsError.UNAUTHORIZED);
  }

  private static Optional<String> header(HttpRequest request, String name) {
    return request.getHeader(name).map(HttpHeader::value);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
