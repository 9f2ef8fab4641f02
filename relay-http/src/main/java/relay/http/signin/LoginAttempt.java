package relay.http.signin;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One sign-in on its way through a provider. It is kept by the browser alone, in a cookie, so that
 * any node can finish it and whoever begins one costs the relay nothing.
 *
 * @param provider the provider's name
 * @param back where the Mac's command line waits
 * @param state what ties the provider's answer to this browser
 * @param nonce what ties an id token to this attempt
 * @param verifier the secret of PKCE
 * @param begun seconds since 1970
 */
record LoginAttempt(
    String provider, ReturnAddress back, String state, String nonce, String verifier, long begun) {
  private static final int RANDOM_BYTES = 32;
  private static final int PARTS = 7;
  private static final int MAX_COOKIE = 1_024;
  private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9_-]{43}");
  private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

  static LoginAttempt begin(String provider, ReturnAddress back, SecureRandom random, Instant now) {
    return new LoginAttempt(
        provider, back, token(random), token(random), token(random), now.getEpochSecond());
  }

  /** 256 random bits as text. */
  static String token(SecureRandom random) {
    byte[] bytes = new byte[RANDOM_BYTES];
    random.nextBytes(bytes);
    return ENCODER.encodeToString(bytes);
  }

  /** A cookie's value. */
  String toCookie() {
    return String.join(
        ".",
        provider,
        Integer.toString(back.port()),
        ENCODER.encodeToString(back.state().getBytes(StandardCharsets.US_ASCII)),
        state,
        nonce,
        verifier,
        Long.toString(begun));
  }

  /** Empty if it is none of ours. */
  static Optional<LoginAttempt> fromCookie(String value) {
    List<String> parts = Arrays.asList(value.split("\\.", -1));
    if (value.length() > MAX_COOKIE
        || parts.size() != PARTS
        || !parts.subList(3, 6).stream().allMatch(it -> TOKEN.matcher(it).matches())) {
      return Optional.empty();
    }
    try {
      String state =
          new String(Base64.getUrlDecoder().decode(parts.get(2)), StandardCharsets.US_ASCII);
      return ReturnAddress.of(parts.get(1), state)
          .map(
              back ->
                  new LoginAttempt(
                      parts.get(0),
                      back,
                      parts.get(3),
                      parts.get(4),
                      parts.get(5),
                      Long.parseLong(parts.get(6))));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  /** Whether a provider's answer belongs to it. */
  boolean isAnsweredBy(String provider, String state) {
    return this.provider.equals(provider)
        && MessageDigest.isEqual(
            this.state.getBytes(StandardCharsets.US_ASCII),
            state.getBytes(StandardCharsets.US_ASCII));
  }

  /** Its secrets are the browser's. */
  @Override
  public String toString() {
    return "LoginAttempt[provider=" + provider + ", begun=" + begun + "]";
  }
}
