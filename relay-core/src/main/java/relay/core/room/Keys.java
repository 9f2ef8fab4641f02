package relay.core.room;

import org.jspecify.annotations.Nullable;

/**
 * One side's key material, which the other side is handed as it was sent (TermOnMac 3.5). It is
 * public between the two, and nobody else's business: it is in no log and no answer.
 *
 * @param publicKey names the device
 * @param sessionNonce of this connection, or empty
 * @param ephemeralKey of this connection, or empty
 */
public record Keys(String publicKey, String sessionNonce, String ephemeralKey) {
  /** Longest text of each of them; real ones have 44 characters. */
  public static final int MAX_LENGTH = 256;

  public Keys {
    check(publicKey);
    check(sessionNonce);
    check(ephemeralKey);
  }

  /**
   * Whether an agent that holds its slot begins anew with them. One that only tells of a new secret
   * leaves the ephemeral key out, and what phones are handed stays as it is (TermOnMac 3.2).
   */
  boolean areNewTo(@Nullable Keys held) {
    if (held == null) {
      return true;
    }
    return ephemeralKey.isEmpty() ? !publicKey.equals(held.publicKey) : !equals(held);
  }

  private static void check(String key) {
    if (key.length() > MAX_LENGTH) {
      throw new IllegalArgumentException(
          "a key of " + key.length() + " characters: it must have at most " + MAX_LENGTH);
    }
  }

  @Override
  public String toString() {
    return "Keys[…]";
  }
}
