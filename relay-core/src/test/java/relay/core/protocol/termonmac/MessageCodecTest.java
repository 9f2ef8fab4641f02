package relay.core.protocol.termonmac;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import relay.core.protocol.Keys;
import relay.core.protocol.Text;
import relay.core.protocol.termonmac.ClientMessage.Heartbeat;
import relay.core.protocol.termonmac.ClientMessage.JoinRoom;
import relay.core.protocol.termonmac.ClientMessage.Malformed;
import relay.core.protocol.termonmac.ClientMessage.RegisterRoom;
import relay.core.protocol.termonmac.ClientMessage.Relay;
import relay.core.protocol.termonmac.ClientMessage.RelayBatch;
import relay.core.protocol.termonmac.ServerMessage.Failure;

class MessageCodecTest {
  private final MessageCodec codec = new MessageCodec();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"payload\":\"QUJD\",\"type\":\"relay\"}",
        " { \"type\" : \"relay\" , \"payload\" : \"QUJD\" } ",
        "{\"type\":\"relay\",\"seq\":[1,{\"payload\":\"\"}],\"payload\":\"QUJD\",\"x\":null}",
        "{\"t\\u0079pe\":\"r\\u0065lay\",\"payload\":\"Q\\/JD\"}",
        "{\"type\":\"heartbeat\",\"type\":\"relay\",\"payload\":1,\"payload\":\"QUJD\"}"
      })
  void aRelayIsKnownByItsTypeAndPayloadHoweverItIsWritten(String text) {
    assertThat(read(text)).isEqualTo(new Relay());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"Type\":\"relay\",\"payload\":\"QUJD\"}",
        "{\"type\":\"relay\",\"type\":null,\"payload\":\"QUJD\"}",
        "{\"typ\":\"relay\"}",
        "{}",
        "",
        "{\"type\":\"relay\",\"payload\":\"a\nb\"}"
      })
  void whatHasNoTypeOrIsNoJsonIsNoMessage(String text) {
    assertThat(read(text)).isEqualTo(Malformed.NO_MESSAGE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Relay", "relay ", "", "pty_data", "peer_joined"})
  void typesAreExact(String type) {
    assertThat(read("{\"type\":\"" + type + "\",\"payload\":\"QUJD\"}"))
        .isEqualTo(Malformed.UNKNOWN_TYPE);
  }

  @Test
  void aBatchMayHoldMoreThanTheMacSendsButNotAnyNumber() {
    assertThat(read(batchOf(1))).isEqualTo(new RelayBatch());
    assertThat(read(batchOf(20))).isEqualTo(new RelayBatch());
    assertThat(read(batchOf(256))).isEqualTo(new RelayBatch());
    assertThat(read(batchOf(257))).isEqualTo(Malformed.BAD_FIELD);
  }

  @Test
  void fieldsOfOtherMessagesAreIgnored() {
    assertThat(read("{\"type\":\"heartbeat\",\"payload\":7,\"payloads\":{},\"room_id\":false}"))
        .isEqualTo(new Heartbeat());
    assertThat(
            read(
                """
                {"type":"join_room","room_id":"r","public_key":"k","pairing_token_expires_at":1.5}\
                """))
        .isInstanceOf(JoinRoom.class);
  }

  @Test
  void nullAndEmptyMeanAbsent() {
    String text =
        """
        {"type":"register_room","room_id":"r","secret_hash":"h","public_key":"k",\
        "session_nonce":null,"ephemeral_key":null,"pairing_token_hash":%s,\
        "pairing_token_expires_at":null,"future":{"a":[1]}}\
        """;
    var expected = new RegisterRoom("r", "h", new Keys("k", "", ""), Optional.empty());
    assertThat(read(text.formatted("null"))).isEqualTo(expected);
    assertThat(read(text.formatted("\"\""))).isEqualTo(expected);
  }

  @Test
  void aTokenThatExpiredLongAgoIsStillAToken() {
    var room =
        (RegisterRoom)
            read(
                """
                {"type":"register_room","room_id":"r","secret_hash":"h","public_key":"k",\
                "pairing_token_hash":"t","pairing_token_expires_at":-1}\
                """);
    assertThat(room.pairingToken().orElseThrow().expiresAt()).hasValue(-1);
  }

  @Test
  void fieldsHaveABound() {
    String text = "{\"type\":\"join_room\",\"room_id\":\"%s\",\"public_key\":\"%s\"}";
    assertThat(read(text.formatted("r".repeat(64), "k".repeat(256)))).isInstanceOf(JoinRoom.class);
    assertThat(read(text.formatted("r".repeat(65), "k"))).isEqualTo(Malformed.BAD_FIELD);
    assertThat(read(text.formatted("r", "k".repeat(257)))).isEqualTo(Malformed.BAD_FIELD);
    assertThat(read(text.formatted("r", "k".repeat(1_000_000)))).isEqualTo(Malformed.BAD_FIELD);
    assertThat(read(text.formatted("r", "\\u0000"))).isEqualTo(Malformed.BAD_FIELD);
    assertThat(read(text.formatted("r", "é"))).isEqualTo(Malformed.BAD_FIELD);
    assertThat(read(text.formatted("", "k"))).isEqualTo(Malformed.BAD_FIELD);
  }

  @Test
  void ofFieldsThatRepeatTheLastOneCounts() {
    String text = "{\"type\":\"join_room\",\"room_id\":%s,\"public_key\":\"k\",\"room_id\":%s}";
    assertThat(read(text.formatted("0", "\"r\""))).isInstanceOf(JoinRoom.class);
    assertThat(read(text.formatted("\"\\u0000\"", "\"r\""))).isInstanceOf(JoinRoom.class);
    assertThat(read(text.formatted("\"r\"", "0"))).isEqualTo(Malformed.BAD_FIELD);
    assertThat(read(text.formatted("\"r\"", "null"))).isEqualTo(Malformed.BAD_FIELD);
  }

  @Test
  void textsAreEscapedOnTheWayOut() {
    assertThat(MessageCodec.write(Failure.of(ErrorCode.BAD_MESSAGE, "a\"b\\c\nd")))
        .asString()
        .isEqualTo(
            "{\"type\":\"error\",\"code\":\"BAD_MESSAGE\",\"message\":\"a\\\"b\\\\c\\u000ad\"}");
  }

  @Test
  void nothingPrintsWhatIsSecret() {
    String token = "\"pairing_token_hash\":\"thetoken\",\"pairing_token_expires_at\":1}";
    String mac = "{\"type\":\"register_room\",\"room_id\":\"r\",\"secret_hash\":\"thesecret\",";
    String phone = "{\"type\":\"join_room\",\"room_id\":\"r\",\"secret_hash\":\"thesecret\",";
    String keys = "\"public_key\":\"key1\",\"session_nonce\":\"key2\",\"ephemeral_key\":\"key3\",";
    for (String text : new String[] {mac + keys + token, phone + keys + token}) {
      ClientMessage message = read(text);
      assertThat(message).isNotInstanceOf(Malformed.class);
      assertThat(message.toString()).doesNotContain("thesecret", "thetoken", "key");
    }
    assertThat(new ServerMessage.PeerJoined(new Keys("key1", "key2", "key3")).toString())
        .doesNotContain("key1", "key2", "key3");
  }

  @Test
  void roomNamesAreShortAndPlain() {
    assertThat(RoomId.isValid("K7X2M9QJ4T")).isTrue();
    assertThat(RoomId.isValid("0b5e3a2c-77d1-4c3b-9d61-2a8f6a1e9c00")).isTrue();
    assertThat(RoomId.isValid("a_B-9")).isTrue();
    for (String bad : new String[] {"", "a b", "a/b", "a.b", "ä", "r".repeat(65)}) {
      assertThat(RoomId.isValid(bad)).as(bad).isFalse();
    }
  }

  private ClientMessage read(String text) {
    ByteBuffer message = Text.of(text);
    int length = message.remaining();
    ClientMessage read = codec.read(message);
    assertThat(message.remaining()).as("nothing is consumed").isEqualTo(length);
    return read;
  }

  private static String batchOf(int payloads) {
    return "{\"type\":\"relay_batch\",\"payloads\":["
        + "\"QUJD\",".repeat(payloads - 1)
        + "\"QUJD\"]}";
  }
}
