package relay.core.account;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.random.RandomGenerator;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;

/**
 * What came of a rotation, for the holder of the token that was rotated away and nobody else:
 * AES-GCM under a key that HKDF derives from that token. Who reads a database cannot open it.
 */
public record SealedResult(String text) {
  private static final String VERSION = "1.";
  private static final byte[] PURPOSE = "relay rotation result 1".getBytes(StandardCharsets.UTF_8);
  private static final int KEY_BYTES = 32;
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;

  public SealedResult {
    if (!text.startsWith(VERSION)) {
      throw new IllegalArgumentException("a sealed result was expected: it begins with " + VERSION);
    }
  }

  public static SealedResult seal(String result, RefreshToken rotatedAway, RandomGenerator random) {
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    try {
      byte[] sealed =
          cipher(Cipher.ENCRYPT_MODE, rotatedAway, nonce)
              .doFinal(result.getBytes(StandardCharsets.UTF_8));
      byte[] whole = Arrays.copyOf(nonce, NONCE_BYTES + sealed.length);
      System.arraycopy(sealed, 0, whole, NONCE_BYTES, sealed.length);
      return new SealedResult(VERSION + Base64.getEncoder().encodeToString(whole));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has HKDF and AES-GCM", e);
    }
  }

  /**
   * What was sealed, byte for byte.
   *
   * @throws IllegalArgumentException if it was sealed for another token, or changed since
   */
  public String open(RefreshToken rotatedAway) {
    byte[] whole = Base64.getDecoder().decode(text.substring(VERSION.length()));
    try {
      byte[] nonce = Arrays.copyOf(whole, NONCE_BYTES);
      byte[] result =
          cipher(Cipher.DECRYPT_MODE, rotatedAway, nonce)
              .doFinal(whole, NONCE_BYTES, whole.length - NONCE_BYTES);
      return new String(result, StandardCharsets.UTF_8);
    } catch (GeneralSecurityException _) {
      throw new IllegalArgumentException("a sealed result does not open: it is another token's");
    }
  }

  @Override
  public String toString() {
    return "SealedResult[hidden]";
  }

  private static Cipher cipher(int mode, RefreshToken token, byte[] nonce)
      throws GeneralSecurityException {
    SecretKey key =
        KDF.getInstance("HKDF-SHA256")
            .deriveKey(
                "AES",
                HKDFParameterSpec.ofExtract()
                    .addIKM(token.text().getBytes(StandardCharsets.US_ASCII))
                    .thenExpand(PURPOSE, KEY_BYTES));
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
    return cipher;
  }
}
