package relay.http.signin;

import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;

/**
 * Carries a {@link LoginAttempt} in the browser that began it. Each attempt has a cookie of its
 * own, so that two windows do not disturb each other.
 */
final class AttemptCookie {
  private static final String PREFIX = "relay_login_";
  private static final int NAME_LENGTH = 8;

  private AttemptCookie() {}

  /**
   * @param base the relay's public address
   * @param isSentAlong whether the provider's own page sends it, as a form
   */
  static HttpHeader set(LoginAttempt attempt, String base, Duration lifetime, boolean isSentAlong) {
    return header(
        name(attempt.state()) + "=" + attempt.toCookie(), base, lifetime.toSeconds(), isSentAlong);
  }

  static HttpHeader clear(LoginAttempt attempt, String base) {
    return header(name(attempt.state()) + "=", base, 0, false);
  }

  /** The attempt that an answer with that state belongs to, if this browser began it. */
  static Optional<LoginAttempt> find(HttpRequest request, String state) {
    if (state.length() < NAME_LENGTH) {
      return Optional.empty();
    }
    String wanted = name(state) + "=";
    for (HttpHeader header : request.getHeaders()) {
      if (header.is("cookie")) {
        Optional<LoginAttempt> found =
            Arrays.stream(header.value().split(";", -1))
                .map(String::strip)
                .filter(cookie -> cookie.startsWith(wanted))
                .findFirst()
                .flatMap(cookie -> LoginAttempt.fromCookie(cookie.substring(wanted.length())));
        if (found.isPresent()) {
          return found;
        }
      }
    }
    return Optional.empty();
  }

  private static String name(String state) {
    return PREFIX + state.substring(0, NAME_LENGTH);
  }

  /** A cookie that goes along with a form of another site must be a secure one. */
  private static HttpHeader header(String cookie, String base, long seconds, boolean isSentAlong) {
    boolean isSecure = PublicAddress.isSecure(base);
    return RawHeader.create(
        "Set-Cookie",
        cookie
            + ("; Path=" + PublicAddress.cookiePath(base))
            + ("; Max-Age=" + seconds)
            + "; HttpOnly"
            + (isSecure ? "; Secure" : "")
            + (isSecure && isSentAlong ? "; SameSite=None" : "; SameSite=Lax"));
  }
}
