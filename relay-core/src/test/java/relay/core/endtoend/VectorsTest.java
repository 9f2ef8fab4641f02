package relay.core.endtoend;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import relay.core.x25519.KeyPair;

/** What another implementation computed (TermOnMac 10.8). */
class VectorsTest {
  private static final String MAC_KEY = "B6N8vBQgk8i3VdwbEOhstCY3StFqqFPtC9/AsrhtHHw=";
  private static final String PHONE_KEY = "WGmv9FBUlzLLqu1eXfmzCm2jHLDldCutWtShp2jxpns=";
  private static final String SHARED =
      "a84dc7c3c8f058b1b2dc4cd1e9b5dc0a7987f88b6a9564cde3391fc421159e77";
  private static final String MAC_NONCE = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
  private static final String PHONE_NONCE = "ICEiIyQlJicoKSorLC0uLzAxMjM0NTY3ODk6Ozw9Pj8=";
  private static final String CHALLENGE = "QEFCQ0RFRkdISUpLTE1OT1BRUlNUVVZXWFlaW1xdXl8=";
  private static final RoomSecret SECRET = new RoomSecret("ABCDEFGHabcdefgh0123456789XYZxyz");
  private static final byte[] AUTH_OK = "{\"type\":\"auth_ok\"}".getBytes(UTF_8);

  private final KeyPair macKeys = KeyPair.of(from(0x01));
  private final KeyPair phoneKeys = KeyPair.of(from(0x21));

  VectorsTest() throws GeneralSecurityException {}

  @Test
  void publicKeysAndTheSharedSecretAreThose() throws GeneralSecurityException {
    assertThat(ConnectionKeys.text(macKeys)).isEqualTo(MAC_KEY);
    assertThat(ConnectionKeys.text(phoneKeys)).isEqualTo(PHONE_KEY);
    assertThat(HexFormat.of().formatHex(macKeys.agree(phoneKeys.publicKey()))).isEqualTo(SHARED);
  }

  @Test
  void aLegacySessionHasThatKey() throws GeneralSecurityException {
    isKey(
        ConnectionKeys.lasting(macKeys, ""),
        ConnectionKeys.of(phoneKeys, phoneKeys, PHONE_NONCE),
        Suite.V1_LEGACY,
        "c7a55f6ddc6a84dc371e90550443fb8985a59a5080ec038138f196b64d38593c");
  }

  @Test
  void aSessionWithNoncesHasThatKey() throws GeneralSecurityException {
    isKey(
        ConnectionKeys.of(macKeys, macKeys, MAC_NONCE),
        ConnectionKeys.lasting(phoneKeys, PHONE_NONCE),
        Suite.V1_WITH_NONCES,
        "f6b6a21b873e89af82e953eea04a359ef69f902d9a3885b4c4a4e674074b94a8");
  }

  @Test
  void aSessionWithEphemeralKeysHasThatKey() throws GeneralSecurityException {
    isKey(
        ConnectionKeys.of(phoneKeys, macKeys, MAC_NONCE),
        ConnectionKeys.of(macKeys, phoneKeys, PHONE_NONCE),
        Suite.V2,
        "d758fa3b9a6f159620d90ab5220e539eff81ee004a8f258ef9c01aeefaf0d6cc");
  }

  @Test
  void aRecordIsThoseBytes() throws GeneralSecurityException {
    ConnectionKeys mac = ConnectionKeys.of(macKeys, macKeys, MAC_NONCE);
    ConnectionKeys phone = ConnectionKeys.of(phoneKeys, phoneKeys, PHONE_NONCE);
    String payload = "AAECAwQFBgcICQoLzIbe/yD+nNAsZUf9O5U+wrm5HlhT4LqMHX41mPou0G3Phg==";
    assertThat(SessionKey.agree(mac, phone.introduction()).seal(AUTH_OK, new FixedBytes(from(0))))
        .isEqualTo(payload);
    assertThat(SessionKey.agree(phone, mac.introduction()).open(payload)).isEqualTo(AUTH_OK);
  }

  @Test
  void proofsAreThose() {
    Challenge challenge = Challenge.parse(CHALLENGE).orElseThrow();
    Binding binding =
        Binding.of(
            new Introduction(PHONE_KEY, "", PHONE_KEY), new Introduction(MAC_KEY, "", MAC_KEY));
    assertThat(challenge.answer(SECRET, Binding.NONE))
        .isEqualTo("mR5eiTPUqVy+21Z/dSJj47FaB9G1LxT9yP6i1pNrXec=");
    assertThat(challenge.answer(SECRET, binding))
        .isEqualTo("9LpNBsxkd/g2JKxL8knrnzq4dKpHyNwKwxqn+3t7sB0=");
  }

  @Test
  void theRelayIsToldThatHash() {
    assertThat(SECRET.hash())
        .isEqualTo("7dc7b30ce4a90fb0ab57b53e5d763d8268b5675fe5237f40d2ab4c6950b9eb3c");
  }

  /** That both come to that key: a message sealed with it opens for both. */
  private static void isKey(ConnectionKeys mac, ConnectionKeys phone, Suite suite, String key)
      throws GeneralSecurityException {
    SessionKey macs = SessionKey.agree(mac, phone.introduction());
    SessionKey phones = SessionKey.agree(phone, mac.introduction());
    assertThat(macs.suite()).isEqualTo(phones.suite()).isEqualTo(suite);
    String sealed = IndependentRecord.seal(HexFormat.of().parseHex(key), AUTH_OK);
    assertThat(macs.open(sealed)).isEqualTo(AUTH_OK);
    assertThat(phones.open(sealed)).isEqualTo(AUTH_OK);
  }

  private static byte[] from(int first) {
    byte[] bytes = new byte[32];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (first + i);
    }
    return bytes;
  }

  /** A record made without the code under test. */
  private static final class IndependentRecord {
    static String seal(byte[] key, byte[] plaintext) throws GeneralSecurityException {
      byte[] iv = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12};
      var cipher = javax.crypto.Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(
          javax.crypto.Cipher.ENCRYPT_MODE,
          new javax.crypto.spec.SecretKeySpec(key, "AES"),
          new javax.crypto.spec.GCMParameterSpec(128, iv));
      byte[] sealed = cipher.doFinal(plaintext);
      byte[] record = new byte[iv.length + sealed.length];
      System.arraycopy(iv, 0, record, 0, iv.length);
      System.arraycopy(sealed, 0, record, iv.length, sealed.length);
      return Base64.getEncoder().encodeToString(record);
    }
  }
}
