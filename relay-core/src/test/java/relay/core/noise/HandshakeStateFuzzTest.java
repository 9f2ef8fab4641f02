package relay.core.noise;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import relay.core.x25519.KeyPair;

/** Any bytes at all: neither end takes them for a message of a stranger, nor trips over them. */
class HandshakeStateFuzzTest {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final KeyPair BINARY = KeyPair.generate(RANDOM);

  @FuzzTest(maxDuration = "1m")
  void anyBytesAreRefused(byte[] message) {
    HandshakeState daemon = HandshakeState.responder(BINARY, KeyPair.generate(RANDOM), new byte[0]);
    assertThatExceptionOfType(GeneralSecurityException.class)
        .isThrownBy(() -> daemon.read(message));

    HandshakeState phone =
        HandshakeState.initiator(
            KeyPair.generate(RANDOM), KeyPair.generate(RANDOM), BINARY.publicKey(), new byte[0]);
    assertThatExceptionOfType(GeneralSecurityException.class)
        .isThrownBy(
            () -> {
              phone.write(new byte[0]);
              phone.read(message);
            });
  }
}
