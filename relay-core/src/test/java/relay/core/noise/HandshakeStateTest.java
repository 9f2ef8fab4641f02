package relay.core.noise;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import relay.core.x25519.KeyPair;

class HandshakeStateTest {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final byte[] HELLO = "hello".getBytes(UTF_8);

  private final KeyPair binary = KeyPair.generate(RANDOM);
  private final HandshakeState phone = phone(binary.publicKey());
  private final HandshakeState daemon = daemon(binary);

  private static HandshakeState phone(byte[] binaryKey) {
    return HandshakeState.initiator(
        KeyPair.generate(RANDOM), KeyPair.generate(RANDOM), binaryKey, new byte[0]);
  }

  private static HandshakeState daemon(KeyPair mine) {
    return HandshakeState.responder(mine, KeyPair.generate(RANDOM), new byte[0]);
  }

  @Nested
  class Messages {
    @Test
    void areAsLongAsTheProtocolSays() throws GeneralSecurityException {
      byte[] first = phone.write(HELLO);
      assertThat(first).hasSize(32 + 48 + HELLO.length + 16);
      daemon.read(first);
      assertThat(daemon.write(HELLO)).hasSize(32 + HELLO.length + 16);
    }

    @Test
    void forAnotherKeyDoNotOpen() throws GeneralSecurityException {
      byte[] first = phone(KeyPair.generate(RANDOM).publicKey()).write(HELLO);
      assertRefused(() -> daemon.read(first));
    }

    @Test
    void withAChangedByteDoNotOpen() throws GeneralSecurityException {
      byte[] first = phone.write(HELLO);
      for (int at : new int[] {0, 31, 32, 79, 80, first.length - 1}) {
        byte[] changed = first.clone();
        changed[at] ^= 1;
        assertRefused(() -> daemon(binary).read(changed));
      }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 31, 32, 79, 80, 95})
    void thatAreTooShortDoNotOpen(int length) {
      assertRefused(() -> daemon.read(new byte[length]));
    }

    @Test
    void withAKeyOfSmallOrderDoNotOpen() {
      assertRefused(() -> daemon.read(new byte[96]));
    }

    @Test
    void outOfTurnAreABug() throws GeneralSecurityException {
      assertThatIllegalStateException().isThrownBy(() -> daemon.write(HELLO));
      assertThatIllegalStateException().isThrownBy(phone::split);
      phone.write(HELLO);
      assertThatIllegalStateException().isThrownBy(() -> phone.write(HELLO));
    }
  }

  @Nested
  class AChannel {
    private Transport fromPhone;
    private Transport fromBinary;

    @BeforeEach
    void afterTheHandshake() throws GeneralSecurityException {
      daemon.read(phone.write(HELLO));
      phone.read(daemon.write(HELLO));
      fromPhone = phone.split();
      fromBinary = daemon.split();
    }

    @Test
    void opensMessagesInOrderOnly() throws GeneralSecurityException {
      byte[] first = fromPhone.sending().seal("1".getBytes(UTF_8));
      byte[] second = fromPhone.sending().seal("2".getBytes(UTF_8));
      assertRefused(() -> fromBinary.receiving().open(second));
      assertThat(fromBinary.receiving().open(first)).asString(UTF_8).isEqualTo("1");
      assertRefused(() -> fromBinary.receiving().open(first));
      assertThat(fromBinary.receiving().open(second)).asString(UTF_8).isEqualTo("2");
    }

    @Test
    void hasADifferentKeyEachWay() {
      assertRefused(() -> fromPhone.receiving().open(fromPhone.sending().seal(HELLO)));
    }

    @Test
    void takesMessagesUpToItsBound() throws GeneralSecurityException {
      byte[] longest = new byte[CipherState.MAX_PLAINTEXT_BYTES];
      byte[] sealed = fromBinary.sending().seal(longest);
      assertThat(sealed).hasSize(65_535);
      assertThat(fromPhone.receiving().open(sealed)).isEqualTo(longest);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> fromBinary.sending().seal(new byte[longest.length + 1]));
    }

    @Test
    void showsNoKeyWhenPrinted() {
      assertThat(fromPhone + " " + phone + " " + binary)
          .isEqualTo(
              "Transport[sending=CipherState(…), receiving=CipherState(…)]"
                  + " HandshakeState(initiator) KeyPair(…)");
    }
  }

  private static void assertRefused(ThrowingCallable read) {
    assertThatExceptionOfType(GeneralSecurityException.class).isThrownBy(read);
  }
}
