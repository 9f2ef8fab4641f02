package relay.core.account;

import java.util.HexFormat;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/**
 * What a client exchanges for new credentials: {@code rdrt_} and 128 lower-case hex digits
 * (TermOnMac 7.1). It is never kept.
 *
 * <p>The first 32 digits are the secret of its family and stay the same through every rotation, so
 * that a token that was rotated away is known as its family's however long ago that was.
 */
public record RefreshToken(String text) {
  private static final Pattern VALID = Pattern.compile("rdrt_[0-9a-f]{128}");
  private static final String PREFIX = "rdrt_";
  private static final int LINEAGE_BYTES = 16;
  private static final int OWN_BYTES = 48;
  private static final int LINEAGE_END = PREFIX.length() + 2 * LINEAGE_BYTES;

  public RefreshToken {
    if (!VALID.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "a refresh token was expected: rdrt_ and 128 lower-case hex digits");
    }
  }

  /**
   * The first token of a family.
   *
   * @param random must be one that nobody can predict
   */
  public static RefreshToken mint(RandomGenerator random) {
    return new RefreshToken(PREFIX + hex(random, LINEAGE_BYTES) + hex(random, OWN_BYTES));
  }

  /** Reads text that somebody sent; empty where no token looks like that. */
  public static Optional<RefreshToken> parse(String text) {
    return VALID.matcher(text).matches() ? Optional.of(new RefreshToken(text)) : Optional.empty();
  }

  /** The token of the same family that is to follow this one. */
  public RefreshToken successor(RandomGenerator random) {
    return new RefreshToken(text.substring(0, LINEAGE_END) + hex(random, OWN_BYTES));
  }

  public CredentialHash hash() {
    return CredentialHash.of(text);
  }

  /** The hash of what all tokens of its family have in common. */
  public CredentialHash lineage() {
    return CredentialHash.of(text.substring(0, LINEAGE_END));
  }

  @Override
  public String toString() {
    return "RefreshToken[hidden]";
  }

  private static String hex(RandomGenerator random, int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
