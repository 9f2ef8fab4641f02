package relay.core.endtoend;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A number used once, and what proves that somebody who saw it knows a secret (TermOnMac 10.5). */
public final class Challenge {
  private static final int BYTES = 32;

  private final byte[] nonce;

  private Challenge(byte[] nonce) {
    this.nonce = nonce;
  }

  public static Challenge generate(SecureRandom random) {
    byte[] nonce = new byte[BYTES];
    random.nextBytes(nonce);
    return new Challenge(nonce);
  }

  /** Empty for anything but the base64 of 32 bytes. */
  public static Optional<Challenge> parse(String text) {
    try {
      byte[] nonce = Base64.getDecoder().decode(text);
      return nonce.length == BYTES ? Optional.of(new Challenge(nonce)) : Optional.empty();
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  public String text() {
    return Base64.getEncoder().encodeToString(nonce);
  }

  /** The proof that one knows the secret, as base64. */
  public String answer(SharedSecret secret, Binding binding) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.text().getBytes(UTF_8), "HmacSHA256"));
      mac.update(nonce);
      mac.update(binding.ephemeralKeys().getBytes(UTF_8));
      return Base64.getEncoder().encodeToString(mac.doFinal());
    } catch (GeneralSecurityException broken) {
      throw new IllegalStateException("this platform lacks HMAC-SHA-256", broken);
    }
  }

  /** Compared in a time that says nothing about where they differ. */
  public boolean isAnsweredBy(String proof, SharedSecret secret, Binding binding) {
    return MessageDigest.isEqual(
        proof.getBytes(US_ASCII), answer(secret, binding).getBytes(US_ASCII));
  }

  boolean isSameAs(Challenge other) {
    return MessageDigest.isEqual(nonce, other.nonce);
  }

  @Override
  public String toString() {
    return "Challenge(…)";
  }
}
