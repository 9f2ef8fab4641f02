package relay.core.account;

import java.util.HexFormat;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/** Names one account in the cluster: 32 lower-case hex digits, as in TermOnMac 7.6. */
public record AccountId(String value) {
  private static final Pattern VALID = Pattern.compile("[0-9a-f]{32}");

  private static final int RANDOM_BYTES = 16;
  private static final int FINGERPRINT_LENGTH = 8;

  public AccountId {
    if (!VALID.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "'" + value + "' is not an account id: it must be 32 lower-case hex digits");
    }
  }

  /** A new one, which nobody can guess if nobody can predict {@code random}. */
  public static AccountId mint(RandomGenerator random) {
    byte[] bytes = new byte[RANDOM_BYTES];
    random.nextBytes(bytes);
    return new AccountId(HexFormat.of().formatHex(bytes));
  }

  /** Reads text that somebody sent; empty where it names no account. */
  public static Optional<AccountId> parse(String text) {
    return VALID.matcher(text).matches() ? Optional.of(new AccountId(text)) : Optional.empty();
  }

  /** Names it in logs: the first 8 hex digits of its SHA-256. */
  public String fingerprint() {
    return Sha256.hex(value).substring(0, FINGERPRINT_LENGTH);
  }

  @Override
  public String toString() {
    return value;
  }
}
