package relay.core.endtoend;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import relay.core.x25519.KeyPair;

/**
 * One side's keys while it is connected: its lasting identity, and what is made anew for each
 * connection, which clients of an older kind lack (TermOnMac 10.1).
 */
public final class ConnectionKeys {
  private static final int NONCE_BYTES = 32;

  private final KeyPair identity;
  private final Optional<KeyPair> ephemeral;
  private final Introduction introduction;

  private ConnectionKeys(KeyPair identity, Optional<KeyPair> ephemeral, String sessionNonce) {
    this.identity = identity;
    this.ephemeral = ephemeral;
    introduction =
        new Introduction(
            text(identity), sessionNonce, ephemeral.map(ConnectionKeys::text).orElse(""));
  }

  public static ConnectionKeys fresh(KeyPair identity, SecureRandom random) {
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    return of(identity, KeyPair.generate(random), Base64.getEncoder().encodeToString(nonce));
  }

  public static ConnectionKeys of(KeyPair identity, KeyPair ephemeral, String sessionNonce) {
    return new ConnectionKeys(identity, Optional.of(ephemeral), sessionNonce);
  }

  /** A client without ephemeral keys; without a nonce, too, if that is empty. */
  public static ConnectionKeys lasting(KeyPair identity, String sessionNonce) {
    return new ConnectionKeys(identity, Optional.empty(), sessionNonce);
  }

  /** A public key as the wire writes it. */
  public static String text(KeyPair keys) {
    return Base64.getEncoder().encodeToString(keys.publicKey());
  }

  public Introduction introduction() {
    return introduction;
  }

  KeyPair identity() {
    return identity;
  }

  Optional<KeyPair> ephemeral() {
    return ephemeral;
  }

  @Override
  public String toString() {
    return "ConnectionKeys(…)";
  }
}
