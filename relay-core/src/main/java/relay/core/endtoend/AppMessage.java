package relay.core.endtoend;

/**
 * What one record says (TermOnMac 11). The handshake's messages are known here; everything a
 * terminal says is left as it is.
 */
public sealed interface AppMessage {
  /** Asks for a proof; the nonce is base64. */
  record ChallengeAsked(String nonce) implements AppMessage {}

  /** The proof, as base64. */
  record ChallengeResponse(String hmac) implements AppMessage {
    @Override
    public String toString() {
      return "ChallengeResponse(…)";
    }
  }

  /** The Mac believes the phone. */
  record AuthOk() implements AppMessage {}

  /** The room secret, for a phone that has just been paired. */
  record PairingCredentials(String secret) implements AppMessage {
    @Override
    public String toString() {
      return "PairingCredentials(…)";
    }
  }

  /** The secret that takes the place of the one shown by pairing. */
  record RotateSecret(String newSecret) implements AppMessage {
    @Override
    public String toString() {
      return "RotateSecret(…)";
    }
  }

  record RotateSecretAck() implements AppMessage {}

  /** Anything else, as the JSON text it came as. */
  record Application(String json) implements AppMessage {
    @Override
    public String toString() {
      return "Application(" + json.length() + " characters)";
    }
  }
}
