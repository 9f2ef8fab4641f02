package relay.core.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import relay.core.x25519.KeyPair;

class SessionKeyPropertiesTest {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int LONGEST = 300;

  @Property(tries = 100)
  void bothSidesAgreeWhateverEachOfThemHas(
      @ForAll("keys") ConnectionKeys mac,
      @ForAll("keys") ConnectionKeys phone,
      @ForAll @Size(min = 1, max = LONGEST) byte[] said)
      throws GeneralSecurityException {
    SessionKey macs = SessionKey.agree(mac, phone.introduction());
    SessionKey phones = SessionKey.agree(phone, mac.introduction());
    assertThat(macs.suite()).isEqualTo(phones.suite());
    assertThat(phones.open(macs.seal(said, RANDOM))).isEqualTo(said);
    assertThat(macs.open(phones.seal(said, RANDOM))).isEqualTo(said);
  }

  @Property(tries = 50)
  void nobodyElseAgrees(
      @ForAll("keys") ConnectionKeys mac,
      @ForAll("keys") ConnectionKeys phone,
      @ForAll("keys") ConnectionKeys stranger)
      throws GeneralSecurityException {
    Assume.that(!stranger.introduction().publicKey().equals(mac.introduction().publicKey()));
    Assume.that(!stranger.introduction().publicKey().equals(phone.introduction().publicKey()));
    String sealed = SessionKey.agree(mac, phone.introduction()).seal(new byte[] {1}, RANDOM);
    SessionKey guess = SessionKey.agree(stranger, phone.introduction());
    assertThatExceptionOfType(GeneralSecurityException.class).isThrownBy(() -> guess.open(sealed));
  }

  @Property(tries = 200)
  void aRecordThatWasTouchedAnywhereDoesNotOpen(
      @ForAll("keys") ConnectionKeys mac,
      @ForAll @Size(min = 1, max = LONGEST) byte[] said,
      @ForAll @IntRange(max = 10_000) int where,
      @ForAll @IntRange(min = 1, max = 255) int change)
      throws GeneralSecurityException {
    SessionKey key = SessionKey.agree(mac, mac.introduction());
    byte[] record = Base64.getDecoder().decode(key.seal(said, RANDOM));
    record[where % record.length] ^= (byte) change;
    doesNotOpen(key, record);
  }

  @Property(tries = 100)
  void aRecordThatIsTooShortDoesNotOpen(
      @ForAll("keys") ConnectionKeys mac,
      @ForAll @Size(min = 1, max = LONGEST) byte[] said,
      @ForAll @IntRange(max = 10_000) int length)
      throws GeneralSecurityException {
    SessionKey key = SessionKey.agree(mac, mac.introduction());
    byte[] record = Base64.getDecoder().decode(key.seal(said, RANDOM));
    doesNotOpen(key, Arrays.copyOf(record, length % record.length));
  }

  @Property(tries = 200)
  void anyTextIsRefused(@ForAll("keys") ConnectionKeys mac, @ForAll String text)
      throws GeneralSecurityException {
    SessionKey key = SessionKey.agree(mac, mac.introduction());
    assertThatExceptionOfType(GeneralSecurityException.class).isThrownBy(() -> key.open(text));
  }

  @Property(tries = 200)
  void anyTextAsAKeyIsRefused(@ForAll("keys") ConnectionKeys mac, @ForAll String text) {
    assertThatExceptionOfType(GeneralSecurityException.class)
        .isThrownBy(() -> SessionKey.agree(mac, new Introduction(text, "nonce", text)));
  }

  private static void doesNotOpen(SessionKey key, byte[] record) {
    String payload = Base64.getEncoder().encodeToString(record);
    assertThatExceptionOfType(GeneralSecurityException.class).isThrownBy(() -> key.open(payload));
  }

  @Provide
  Arbitrary<ConnectionKeys> keys() {
    return Combinators.combine(pairs(), pairs(), Arbitraries.integers().between(0, 2))
        .as(
            (identity, ephemeral, age) ->
                switch (age) {
                  case 0 -> ConnectionKeys.of(identity, ephemeral, ConnectionKeys.text(identity));
                  case 1 -> ConnectionKeys.lasting(identity, ConnectionKeys.text(ephemeral));
                  default -> ConnectionKeys.lasting(identity, "");
                });
  }

  private static Arbitrary<KeyPair> pairs() {
    return Arbitraries.bytes()
        .array(byte[].class)
        .ofSize(KeyPair.BYTES)
        .map(
            scalar -> {
              try {
                return KeyPair.of(scalar);
              } catch (GeneralSecurityException impossible) {
                throw new IllegalStateException(impossible);
              }
            });
  }
}
