package relay.core.account;

import java.util.HexFormat;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/**
 * What a client shows with every request: {@code rdkey_} and 32 lower-case hex digits (TermOnMac
 * 7.1). It is known to its holder and, while a request is served, to the edge; it is never kept.
 */
public record ApiKey(String text) {
  private static final Pattern VALID = Pattern.compile("rdkey_[0-9a-f]{32}");
  private static final String PREFIX = "rdkey_";
  private static final int RANDOM_BYTES = 16;

  public ApiKey {
    if (!VALID.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "an API key was expected: rdkey_ and 32 lower-case hex digits");
    }
  }

  /**
   * @param random must be one that nobody can predict
   */
  public static ApiKey mint(RandomGenerator random) {
    byte[] bytes = new byte[RANDOM_BYTES];
    random.nextBytes(bytes);
    return new ApiKey(PREFIX + HexFormat.of().formatHex(bytes));
  }

  /** Reads text that somebody sent; empty where no key looks like that. */
  public static Optional<ApiKey> parse(String text) {
    return VALID.matcher(text).matches() ? Optional.of(new ApiKey(text)) : Optional.empty();
  }

  public CredentialHash hash() {
    return CredentialHash.of(text);
  }

  @Override
  public String toString() {
    return "ApiKey[hidden]";
  }
}
