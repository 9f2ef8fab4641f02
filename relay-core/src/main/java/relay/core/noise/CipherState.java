package relay.core.noise;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** One direction of a sealed channel: a key and the count of messages sealed with it. */
public final class CipherState {
  /** What sealing adds to a message. */
  public static final int TAG_BYTES = 16;

  /** The longest plaintext of one transport message (pyrycode 11.2). */
  public static final int MAX_PLAINTEXT_BYTES = 65_535 - TAG_BYTES;

  static final byte[] NOTHING = {};
  private static final int NONCE_BYTES = 12;

  private final SecretKeySpec key;
  private long count;

  CipherState(byte[] key) {
    this.key = new SecretKeySpec(key, "ChaCha20");
  }

  public byte[] seal(byte[] plaintext) {
    if (plaintext.length > MAX_PLAINTEXT_BYTES) {
      throw new IllegalArgumentException(
          plaintext.length + " bytes, but at most " + MAX_PLAINTEXT_BYTES + " can be sealed");
    }
    try {
      return seal(NOTHING, plaintext);
    } catch (GeneralSecurityException broken) {
      throw new IllegalStateException("this platform lacks ChaCha20-Poly1305", broken);
    }
  }

  /** Fails, and counts nothing, if the message is not the next one the other side sealed. */
  public byte[] open(byte[] ciphertext) throws GeneralSecurityException {
    return open(NOTHING, ciphertext);
  }

  byte[] seal(byte[] associated, byte[] plaintext) throws GeneralSecurityException {
    byte[] sealed = crypt(Cipher.ENCRYPT_MODE, associated, plaintext);
    count++;
    return sealed;
  }

  byte[] open(byte[] associated, byte[] ciphertext) throws GeneralSecurityException {
    byte[] opened = crypt(Cipher.DECRYPT_MODE, associated, ciphertext);
    count++;
    return opened;
  }

  private byte[] crypt(int mode, byte[] associated, byte[] text) throws GeneralSecurityException {
    if (count == -1) {
      throw new GeneralSecurityException("no nonces left");
    }
    byte[] nonce =
        ByteBuffer.allocate(NONCE_BYTES)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(NONCE_BYTES - Long.BYTES, count)
            .array();
    Cipher cipher = Cipher.getInstance("ChaCha20-Poly1305");
    cipher.init(mode, key, new IvParameterSpec(nonce));
    cipher.updateAAD(associated);
    return cipher.doFinal(text);
  }

  @Override
  public String toString() {
    return "CipherState(…)";
  }
}
