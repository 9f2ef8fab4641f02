package relay.core.protocol;

/**
 * One side's key material, which the other side is handed as it came (TermOnMac 3.5). It is public
 * between the two, and nobody else's business: the relay looks at none of it, and it is in no log
 * and no answer.
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
