package relay.core.noise;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import org.bouncycastle.crypto.digests.Blake2sDigest;
import org.bouncycastle.crypto.macs.HMac;
import org.bouncycastle.crypto.params.KeyParameter;
import org.jspecify.annotations.Nullable;

/** What both ends of a handshake have agreed on so far (Noise 5.2). */
final class SymmetricState {
  private static final int HASH_BYTES = 32;

  private byte[] chainingKey;
  private byte[] hash;
  private @Nullable CipherState cipher;

  SymmetricState(String protocolName, byte[] prologue) {
    byte[] name = protocolName.getBytes(US_ASCII);
    hash = name.length <= HASH_BYTES ? Arrays.copyOf(name, HASH_BYTES) : blake2s(name);
    chainingKey = hash;
    mixHash(prologue);
  }

  void mixKey(byte[] secret) {
    byte[][] keys = expand(secret);
    chainingKey = keys[0];
    cipher = new CipherState(keys[1]);
  }

  void mixHash(byte[] data) {
    hash = blake2s(hash, data);
  }

  byte[] encryptAndHash(byte[] plaintext) throws GeneralSecurityException {
    byte[] ciphertext = cipher == null ? plaintext : cipher.seal(hash, plaintext);
    mixHash(ciphertext);
    return ciphertext;
  }

  byte[] decryptAndHash(byte[] ciphertext) throws GeneralSecurityException {
    byte[] plaintext = cipher == null ? ciphertext : cipher.open(hash, ciphertext);
    mixHash(ciphertext);
    return plaintext;
  }

  byte[] hash() {
    return hash.clone();
  }

  /** The initiator's direction first. */
  CipherState[] split() {
    byte[][] keys = expand(CipherState.NOTHING);
    return new CipherState[] {new CipherState(keys[0]), new CipherState(keys[1])};
  }

  private byte[][] expand(byte[] secret) {
    byte[] seed = hmac(chainingKey, secret);
    byte[] first = hmac(seed, new byte[] {1});
    byte[] second = hmac(seed, first, new byte[] {2});
    return new byte[][] {first, second};
  }

  private static byte[] hmac(byte[] key, byte[]... parts) {
    HMac mac = new HMac(new Blake2sDigest());
    mac.init(new KeyParameter(key));
    for (byte[] part : parts) {
      mac.update(part, 0, part.length);
    }
    byte[] result = new byte[HASH_BYTES];
    mac.doFinal(result, 0);
    return result;
  }

  private static byte[] blake2s(byte[]... parts) {
    Blake2sDigest digest = new Blake2sDigest();
    for (byte[] part : parts) {
      digest.update(part, 0, part.length);
    }
    byte[] result = new byte[HASH_BYTES];
    digest.doFinal(result, 0);
    return result;
  }
}
