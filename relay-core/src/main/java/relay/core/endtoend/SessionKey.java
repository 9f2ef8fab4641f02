package relay.core.endtoend;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The key of one session and the records it seals (TermOnMac 10.3 and 10.4). It is the same both
 * ways and counts nothing: that a record is neither old nor one's own is for its user to see to.
 */
public final class SessionKey {
  /** The random bytes every record begins with. */
  static final int IV_BYTES = 12;

  private static final int TAG_BYTES = 16;
  private static final int KEY_BYTES = 32;
  private static final byte[] NO_INFO = {};

  private final Suite suite;
  private final SecretKey key;

  private SessionKey(Suite suite, byte[] key) {
    this.suite = suite;
    this.key = new SecretKeySpec(key, "AES");
  }

  /**
   * The key both sides come to.
   *
   * @throws GeneralSecurityException if what the other side sent is no public key, or a weak one
   */
  public static SessionKey agree(ConnectionKeys mine, Introduction theirs)
      throws GeneralSecurityException {
    Introduction ours = mine.introduction();
    Suite suite = Suite.of(ours, theirs);
    byte[] shared =
        switch (suite) {
          case V2 -> mine.ephemeral().orElseThrow().agree(bytes(theirs.ephemeralKey()));
          case V1_WITH_NONCES, V1_LEGACY -> mine.identity().agree(bytes(theirs.publicKey()));
        };
    byte[] salt = suite.salt(ours.sessionNonce(), theirs.sessionNonce()).getBytes(UTF_8);
    HKDFParameterSpec derivation =
        HKDFParameterSpec.ofExtract().addIKM(shared).addSalt(salt).thenExpand(NO_INFO, KEY_BYTES);
    return new SessionKey(suite, KDF.getInstance("HKDF-SHA256").deriveData(derivation));
  }

  public Suite suite() {
    return suite;
  }

  /** A payload for the relay. */
  public String seal(byte[] plaintext, SecureRandom random) {
    byte[] iv = new byte[IV_BYTES];
    random.nextBytes(iv);
    try {
      byte[] sealed = cipher(Cipher.ENCRYPT_MODE, iv).doFinal(plaintext);
      return Base64.getEncoder()
          .encodeToString(
              ByteBuffer.allocate(IV_BYTES + sealed.length).put(iv).put(sealed).array());
    } catch (GeneralSecurityException broken) {
      throw new IllegalStateException("this platform lacks AES-GCM", broken);
    }
  }

  /**
   * What the other side sealed.
   *
   * @throws GeneralSecurityException if nobody sealed this with the same key
   */
  public byte[] open(String payload) throws GeneralSecurityException {
    byte[] record = bytes(payload);
    if (record.length <= IV_BYTES + TAG_BYTES) {
      throw new GeneralSecurityException("a record of " + record.length + " bytes is too short");
    }
    return cipher(Cipher.DECRYPT_MODE, Arrays.copyOf(record, IV_BYTES))
        .doFinal(record, IV_BYTES, record.length - IV_BYTES);
  }

  private Cipher cipher(int mode, byte[] iv) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, key, new GCMParameterSpec(TAG_BYTES * Byte.SIZE, iv));
    return cipher;
  }

  private static byte[] bytes(String base64) throws GeneralSecurityException {
    try {
      return Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException _) {
      throw new GeneralSecurityException("not base64");
    }
  }

  @Override
  public String toString() {
    return "SessionKey(" + suite + ")";
  }
}
