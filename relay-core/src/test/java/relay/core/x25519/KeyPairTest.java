package relay.core.x25519;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.security.GeneralSecurityException;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** X25519 as RFC 7748 writes it down. */
class KeyPairTest {
  private static final String ALICE =
      "77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a";
  private static final String ALICE_PUBLIC =
      "8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a";
  private static final String BOB =
      "5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb";
  private static final String BOB_PUBLIC =
      "de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f";
  private static final String SHARED =
      "4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742";

  @Test
  void thePublicKeyFollowsFromThePrivateOne() throws GeneralSecurityException {
    assertThat(KeyPair.of(hex(ALICE)).publicKey()).isEqualTo(hex(ALICE_PUBLIC));
    assertThat(KeyPair.of(hex(BOB)).publicKey()).isEqualTo(hex(BOB_PUBLIC));
  }

  @Test
  void bothSidesAgree() throws GeneralSecurityException {
    assertThat(KeyPair.of(hex(ALICE)).agree(hex(BOB_PUBLIC))).isEqualTo(hex(SHARED));
    assertThat(KeyPair.of(hex(BOB)).agree(hex(ALICE_PUBLIC))).isEqualTo(hex(SHARED));
  }

  @Test
  void theHighestBitOfAPublicKeyIsIgnored() throws GeneralSecurityException {
    byte[] marked = hex(BOB_PUBLIC);
    marked[31] |= (byte) 0x80;
    assertThat(KeyPair.of(hex(ALICE)).agree(marked)).isEqualTo(hex(SHARED));
  }

  @Test
  void aKeyOfSmallOrderOrWrongLengthIsRefused() throws GeneralSecurityException {
    KeyPair alice = KeyPair.of(hex(ALICE));
    assertThatExceptionOfType(GeneralSecurityException.class)
        .isThrownBy(() -> alice.agree(new byte[32]));
    assertThatExceptionOfType(GeneralSecurityException.class)
        .isThrownBy(() -> alice.agree(new byte[31]));
  }

  private static byte[] hex(String digits) {
    return HexFormat.of().parseHex(digits);
  }
}
