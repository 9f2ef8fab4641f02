package relay.core.x25519;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.spec.NamedParameterSpec;
import java.security.spec.XECPrivateKeySpec;
import java.security.spec.XECPublicKeySpec;
import javax.crypto.KeyAgreement;

/** An X25519 key pair in the raw form that goes over the wire. */
public final class KeyPair {
  /** The length of either key. */
  public static final int BYTES = 32;

  private static final String X25519 = "X25519";
  private static final byte[] BASE_POINT = littleEndian(BigInteger.valueOf(9));

  private final PrivateKey privateKey;
  private final byte[] publicKey;

  private KeyPair(PrivateKey privateKey) throws GeneralSecurityException {
    this.privateKey = privateKey;
    this.publicKey = agree(privateKey, BASE_POINT);
  }

  public static KeyPair generate(SecureRandom random) {
    byte[] scalar = new byte[BYTES];
    random.nextBytes(scalar);
    try {
      return of(scalar);
    } catch (GeneralSecurityException broken) {
      throw new IllegalStateException("this platform lacks X25519", broken);
    }
  }

  public static KeyPair of(byte[] scalar) throws GeneralSecurityException {
    KeyFactory keys = KeyFactory.getInstance(X25519);
    return new KeyPair(
        keys.generatePrivate(new XECPrivateKeySpec(NamedParameterSpec.X25519, scalar.clone())));
  }

  public byte[] publicKey() {
    return publicKey.clone();
  }

  /** The shared secret with the owner of that key; a key of small order is refused. */
  public byte[] agree(byte[] otherPublicKey) throws GeneralSecurityException {
    return agree(privateKey, otherPublicKey);
  }

  private static byte[] agree(PrivateKey mine, byte[] other) throws GeneralSecurityException {
    KeyAgreement agreement = KeyAgreement.getInstance(X25519);
    agreement.init(mine);
    agreement.doPhase(decode(other), true);
    return agreement.generateSecret();
  }

  private static PublicKey decode(byte[] key) throws GeneralSecurityException {
    if (key.length != BYTES) {
      throw new GeneralSecurityException("public key of " + key.length + " bytes");
    }
    byte[] bigEndian = reversed(key);
    bigEndian[0] &= 0x7F;
    return KeyFactory.getInstance(X25519)
        .generatePublic(
            new XECPublicKeySpec(NamedParameterSpec.X25519, new BigInteger(1, bigEndian)));
  }

  private static byte[] littleEndian(BigInteger number) {
    byte[] bytes = new byte[BYTES];
    byte[] digits = reversed(number.toByteArray());
    System.arraycopy(digits, 0, bytes, 0, digits.length);
    return bytes;
  }

  private static byte[] reversed(byte[] bytes) {
    byte[] reversed = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      reversed[i] = bytes[bytes.length - 1 - i];
    }
    return reversed;
  }

  @Override
  public String toString() {
    return "KeyPair(…)";
  }
}
