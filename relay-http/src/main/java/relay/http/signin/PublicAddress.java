package relay.http.signin;

import java.net.URI;
import java.util.Optional;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.jspecify.annotations.Nullable;

/** Where browsers reach this relay. */
final class PublicAddress {
  private static final String STEPS = "/auth/";
  private static final String CALLBACK = STEPS + "callback/";

  private final @Nullable String configured;

  PublicAddress(@Nullable URI configured) {
    this.configured = configured == null ? null : configured.toString().replaceAll("/+$", "");
  }

  /**
   * Without a trailing slash; empty if it is not configured and the request does not say where it
   * was sent to. A forged {@code Host} harms whoever forged it: a provider sends browsers only to
   * addresses that are registered with it.
   */
  Optional<String> of(HttpRequest request) {
    if (configured != null) {
      return Optional.of(configured);
    }
    String scheme = request.getUri().scheme();
    String host = request.getUri().host().address();
    if (scheme.isEmpty() || host.isEmpty()) {
      return Optional.empty();
    }
    int port = request.getUri().port();
    boolean isUsual = port == 0 || port == (scheme.equals("https") ? 443 : 80);
    return Optional.of(scheme + "://" + bracketed(host) + (isUsual ? "" : ":" + port));
  }

  /** Where a provider sends browsers back to. */
  static URI callback(String base, String provider) {
    return URI.create(base + CALLBACK + provider);
  }

  static boolean isSecure(String base) {
    return base.startsWith("https:");
  }

  /** What the paths of all steps begin with; some clients keep no cookie for another one. */
  static String cookiePath(String base) {
    return Optional.ofNullable(URI.create(base).getRawPath()).orElse("") + STEPS;
  }

  private static String bracketed(String host) {
    return host.indexOf(':') >= 0 && !host.startsWith("[") ? "[" + host + "]" : host;
  }
}
