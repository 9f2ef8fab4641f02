package relay.core.noise;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import org.jspecify.annotations.Nullable;
import relay.core.x25519.KeyPair;

/**
 * One end of a Noise_IK handshake: the initiator writes {@code e, es, s, ss}, the responder answers
 * {@code e, ee, se}, each with a payload (pyrycode 11.2). Messages out of turn are a bug; a message
 * that does not open leaves the handshake unusable.
 */
public final class HandshakeState {
  private static final String NAME = "Noise_IK_25519_ChaChaPoly_BLAKE2s";

  private final boolean isInitiator;
  private final KeyPair mine;
  private final KeyPair ephemeral;
  private final SymmetricState symmetric;
  private byte @Nullable [] remoteStatic;
  private byte @Nullable [] remoteEphemeral;
  private int messages;

  private HandshakeState(
      boolean isInitiator,
      KeyPair mine,
      KeyPair ephemeral,
      byte @Nullable [] remoteStatic,
      byte[] prologue) {
    this.isInitiator = isInitiator;
    this.mine = mine;
    this.ephemeral = ephemeral;
    this.remoteStatic = remoteStatic;
    symmetric = new SymmetricState(NAME, prologue);
    symmetric.mixHash(remoteStatic == null ? mine.publicKey() : remoteStatic);
  }

  /** The end that knows the other's static key; the ephemeral pair must never have been used. */
  public static HandshakeState initiator(
      KeyPair mine, KeyPair ephemeral, byte[] remoteStatic, byte[] prologue) {
    return new HandshakeState(true, mine, ephemeral, remoteStatic.clone(), prologue);
  }

  /** The end that learns the other's static key; the ephemeral pair must never have been used. */
  public static HandshakeState responder(KeyPair mine, KeyPair ephemeral, byte[] prologue) {
    return new HandshakeState(false, mine, ephemeral, null, prologue);
  }

  public byte[] write(byte[] payload) throws GeneralSecurityException {
    takeTurn(isInitiator ? 0 : 1);
    byte[] key = ephemeral.publicKey();
    symmetric.mixHash(key);
    byte[] sealedStatic = CipherState.NOTHING;
    if (isInitiator) {
      symmetric.mixKey(ephemeral.agree(known(remoteStatic)));
      sealedStatic = symmetric.encryptAndHash(mine.publicKey());
      symmetric.mixKey(mine.agree(known(remoteStatic)));
    } else {
      symmetric.mixKey(ephemeral.agree(known(remoteEphemeral)));
      symmetric.mixKey(ephemeral.agree(known(remoteStatic)));
    }
    byte[] sealedPayload = symmetric.encryptAndHash(payload);
    return ByteBuffer.allocate(key.length + sealedStatic.length + sealedPayload.length)
        .put(key)
        .put(sealedStatic)
        .put(sealedPayload)
        .array();
  }

  /** Returns the payload of the other end's message. */
  public byte[] read(byte[] message) throws GeneralSecurityException {
    takeTurn(isInitiator ? 1 : 0);
    ByteBuffer rest = ByteBuffer.wrap(message);
    byte[] key = take(rest, KeyPair.BYTES);
    remoteEphemeral = key;
    symmetric.mixHash(key);
    if (isInitiator) {
      symmetric.mixKey(ephemeral.agree(key));
      symmetric.mixKey(mine.agree(key));
    } else {
      symmetric.mixKey(mine.agree(key));
      remoteStatic = symmetric.decryptAndHash(take(rest, KeyPair.BYTES + CipherState.TAG_BYTES));
      symmetric.mixKey(mine.agree(remoteStatic));
    }
    return symmetric.decryptAndHash(take(rest, rest.remaining()));
  }

  /** The other end's static key, once it is known. */
  public byte[] remoteStatic() {
    return known(remoteStatic).clone();
  }

  /** A value both ends share and nobody else can bring about. */
  public byte[] hash() {
    return symmetric.hash();
  }

  /** The keys of the channel, once both messages have passed. */
  public Transport split() {
    takeTurn(2);
    CipherState[] directions = symmetric.split();
    return isInitiator
        ? new Transport(directions[0], directions[1])
        : new Transport(directions[1], directions[0]);
  }

  private void takeTurn(int expected) {
    if (messages != expected) {
      throw new IllegalStateException("after " + messages + " messages, not " + expected);
    }
    messages++;
  }

  private static byte[] take(ByteBuffer from, int count) throws GeneralSecurityException {
    if (from.remaining() < count) {
      throw new GeneralSecurityException("handshake message too short");
    }
    byte[] bytes = new byte[count];
    from.get(bytes);
    return bytes;
  }

  private static byte[] known(byte @Nullable [] key) {
    if (key == null) {
      throw new IllegalStateException("the other end's key is not known yet");
    }
    return key;
  }

  @Override
  public String toString() {
    return "HandshakeState(" + (isInitiator ? "initiator" : "responder") + ")";
  }
}
