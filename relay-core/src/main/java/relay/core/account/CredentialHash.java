package relay.core.account;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.regex.Pattern;

/**
 * All that is ever kept of a credential: the name of a hash function, a colon and hex digits. Who
 * reads it cannot sign in with it.
 */
public record CredentialHash(String value) {
  private static final Pattern VALID = Pattern.compile("sha256:[0-9a-f]{64}");
  private static final String PREFIX = "sha256:";

  public CredentialHash {
    if (!VALID.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "a credential's hash was expected: sha256: and 64 lower-case hex digits");
    }
  }

  static CredentialHash of(String credential) {
    return new CredentialHash(PREFIX + Sha256.hex(credential));
  }

  /** Compares in constant time. */
  boolean matches(CredentialHash other) {
    return MessageDigest.isEqual(
        value.getBytes(StandardCharsets.US_ASCII), other.value.getBytes(StandardCharsets.US_ASCII));
  }

  @Override
  public String toString() {
    return "CredentialHash[hidden]";
  }
}
