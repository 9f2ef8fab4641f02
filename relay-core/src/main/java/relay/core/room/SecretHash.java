package relay.core.room;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What the relay keeps of a room's secret or of a pairing token: a hash of what clients send, which
 * is a hash itself. So nobody joins a room with what a database holds.
 */
public record SecretHash(String value) {
  private static final String SCHEME = "sha256:";

  public SecretHash {
    if (!value.startsWith(SCHEME)) {
      throw new IllegalArgumentException("a kept hash must begin with " + SCHEME);
    }
  }

  /** Of the text that a client sent as {@code secret_hash} or {@code pairing_token_hash}. */
  public static SecretHash ofSent(String sent) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(sent.getBytes(StandardCharsets.UTF_8));
      return new SecretHash(SCHEME + HexFormat.of().formatHex(digest));
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException("every Java runtime has SHA-256", missing);
    }
  }

  /** Takes the same time wherever the two differ. */
  public boolean matches(SecretHash other) {
    return MessageDigest.isEqual(
        value.getBytes(StandardCharsets.UTF_8), other.value.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public String toString() {
    return SCHEME + "…";
  }
}
