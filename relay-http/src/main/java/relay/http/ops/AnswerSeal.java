package relay.http.ops;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;
import org.jspecify.annotations.Nullable;

/**
 * Seals an answer for whoever shows the same key again: AES-256-GCM under a key that HKDF derives
 * from it and the admin token.
 */
final class AnswerSeal {
  private static final byte[] PURPOSE = bytes("relay idempotent answer/1");
  private static final int KEY_BYTES = 32;
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;

  private final byte[] salt;
  private final SecureRandom random = new SecureRandom();

  AnswerSeal(@Nullable String adminToken) {
    salt = bytes(adminToken == null ? "" : adminToken);
  }

  /**
   * @param context what the answer belongs to
   */
  byte[] close(byte[] answer, String key, String context) {
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    try {
      byte[] sealed = cipher(Cipher.ENCRYPT_MODE, key, nonce, context).doFinal(answer);
      byte[] whole = Arrays.copyOf(nonce, NONCE_BYTES + sealed.length);
      System.arraycopy(sealed, 0, whole, NONCE_BYTES, sealed.length);
      return whole;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has AES-GCM and HKDF", e);
    }
  }

  /**
   * @throws IllegalStateException if it was sealed for another key, context or admin token
   */
  byte[] open(byte[] sealed, String key, String context) {
    byte[] nonce = Arrays.copyOf(sealed, NONCE_BYTES);
    try {
      return cipher(Cipher.DECRYPT_MODE, key, nonce, context)
          .doFinal(sealed, NONCE_BYTES, sealed.length - NONCE_BYTES);
    } catch (GeneralSecurityException _) {
      throw new IllegalStateException("an answer that does not open: expected the same key");
    }
  }

  private Cipher cipher(int mode, String key, byte[] nonce, String context)
      throws GeneralSecurityException {
    SecretKey derived =
        KDF.getInstance("HKDF-SHA256")
            .deriveKey(
                "AES",
                HKDFParameterSpec.ofExtract()
                    .addIKM(bytes(key))
                    .addSalt(salt)
                    .thenExpand(PURPOSE, KEY_BYTES));
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, derived, new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(bytes(context));
    return cipher;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
