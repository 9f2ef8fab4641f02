package relay.core.endtoend;

/**
 * What a side lets the other know through the relay: base64 texts, taken and compared as they are;
 * an empty text is a field that an old client leaves out (TermOnMac 3.2, 3.4 and 3.5).
 */
public record Introduction(String publicKey, String sessionNonce, String ephemeralKey) {

  boolean hasNonce() {
    return !sessionNonce.isEmpty();
  }

  boolean hasEphemeralKey() {
    return !ephemeralKey.isEmpty();
  }

  /** Whether one of the two is an echo of the other. */
  boolean sharesKeyWith(Introduction other) {
    return publicKey.equals(other.publicKey)
        || (hasEphemeralKey() && ephemeralKey.equals(other.ephemeralKey));
  }

  /** Public keys are no secret, but a log has no business with them. */
  @Override
  public String toString() {
    return "Introduction(…)";
  }
}
