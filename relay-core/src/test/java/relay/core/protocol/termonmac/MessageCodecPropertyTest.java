package relay.core.protocol.termonmac;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.LongRange;
import relay.core.protocol.Jackson;
import relay.core.protocol.JsonTexts;
import relay.core.protocol.Keys;
import relay.core.protocol.Text;
import relay.core.protocol.termonmac.ClientMessage.Malformed;
import relay.core.protocol.termonmac.ServerMessage.Failure;
import relay.core.protocol.termonmac.ServerMessage.QuotaExceeded;

class MessageCodecPropertyTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final MessageCodec codec = new MessageCodec();

  @Property(tries = 5_000)
  void aMessageMeansWhatItsMembersSay(@ForAll("members") List<String> members)
      throws JsonProcessingException {
    String text = "{" + String.join(" , ", members) + "}";
    ClientMessage expected = meaning(JSON.readTree(text));
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    for (ByteBuffer message : List.of(Text.of(bytes), Text.offHeap(bytes))) {
      ClientMessage read = codec.read(message);
      if (expected instanceof Malformed) {
        assertThat(read).isEqualTo(expected);
      } else {
        assertThat(read).hasSameClassAs(expected);
      }
    }
  }

  @Property(tries = 5_000)
  void whatIsNoJsonIsNoMessage(@ForAll("pieces") String inside) {
    byte[] message =
        ("{\"type\":\"relay\",\"payload\":\"QQ==\"" + inside).getBytes(StandardCharsets.UTF_8);
    if (!Jackson.isJson(message)) {
      assertThat(codec.read(Text.of(message))).isEqualTo(Malformed.NO_MESSAGE);
    }
  }

  @Property
  void whatIsWrittenIsJsonThatSaysTheSame(
      @ForAll("texts") String text, @ForAll @LongRange(min = 0) long usage)
      throws JsonProcessingException {
    Failure failure = new Failure(ErrorCode.BAD_MESSAGE, text, Optional.of(text), Optional.empty());
    JsonNode error = tree(failure);
    assertThat(error.get("message").asText()).isEqualTo(text);
    assertThat(error.get("mac_email").asText()).isEqualTo(text);
    assertThat(error.has("ios_email")).isFalse();
    JsonNode exceeded =
        tree(
            new QuotaExceeded(
                usage,
                1,
                text,
                Instant.ofEpochMilli(usage % 1_000_000_000_000L),
                Optional.empty()));
    assertThat(exceeded.get("usage").isIntegralNumber()).isTrue();
    assertThat(exceeded.get("usage").asLong()).isEqualTo(usage);
    assertThat(exceeded.get("resets_at").asText()).matches("[0-9T:-]+\\.[0-9]{3}Z");
  }

  private static JsonNode tree(ServerMessage message) throws JsonProcessingException {
    return JSON.readTree(new String(MessageCodec.write(message), StandardCharsets.UTF_8));
  }

  /** The same in few lines, by way of a tree; only what class a good introduction has matters. */
  private static ClientMessage meaning(JsonNode message) {
    if (!message.path("type").isTextual()) {
      return Malformed.NO_MESSAGE;
    }
    return switch (message.path("type").asText()) {
      case "relay" ->
          isText(message.path("payload")) ? new ClientMessage.Relay() : Malformed.BAD_FIELD;
      case "relay_batch" ->
          isBatch(message.path("payloads")) ? new ClientMessage.RelayBatch() : Malformed.BAD_FIELD;
      case "heartbeat" -> new ClientMessage.Heartbeat();
      case "join_room" -> {
        boolean isWhole =
            isText(message.path("room_id"))
                && isText(message.path("public_key"))
                && isTextOrNone(message.path("secret_hash"));
        yield isWhole
            ? new ClientMessage.JoinRoom(
                "r", new Keys("", "", ""), Optional.empty(), Optional.empty())
            : Malformed.BAD_FIELD;
      }
      case "register_room" -> {
        boolean isWhole =
            isText(message.path("room_id"))
                && isText(message.path("public_key"))
                && isText(message.path("secret_hash"));
        yield isWhole
            ? new ClientMessage.RegisterRoom("r", "", new Keys("", "", ""), Optional.empty())
            : Malformed.BAD_FIELD;
      }
      default -> Malformed.UNKNOWN_TYPE;
    };
  }

  private static boolean isText(JsonNode value) {
    return value.isTextual() && !value.asText().isEmpty();
  }

  private static boolean isTextOrNone(JsonNode value) {
    return value.isTextual() || value.isNull() || value.isMissingNode();
  }

  private static boolean isBatch(JsonNode value) {
    boolean isBatch = value.isArray() && !value.isEmpty();
    for (JsonNode payload : value) {
      isBatch &= isText(payload);
    }
    return isBatch;
  }

  @Provide
  Arbitrary<String> pieces() {
    return JsonTexts.pieces();
  }

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.strings()
        .all()
        .ofMaxLength(40)
        .filter(it -> StandardCharsets.UTF_8.newEncoder().canEncode(it));
  }

  @Provide
  Arbitrary<List<String>> members() {
    Arbitrary<String> types =
        Arbitraries.of(
            "\"relay\"",
            "\"relay_batch\"",
            "\"heartbeat\"",
            "\"join_room\"",
            "\"register_room\"",
            "\"room_registered\"",
            "7",
            "null");
    Arbitrary<String> keys =
        Arbitraries.of(
            "payload", "payloads", "room_id", "public_key", "secret_hash", "Payload", "x");
    Arbitrary<String> values =
        Arbitraries.of(
            "null",
            "\"\"",
            "\"QQ\"",
            "0",
            "{}",
            "[]",
            "[\"QQ\"]",
            "[ \"Q\" , \"\\u0051\" ]",
            "[\"QQ\",\"\"]",
            "[\"QQ\",[]]",
            "[null]",
            "{\"type\":\"relay\"}");
    Arbitrary<String> type = types.map(it -> "\"type\":" + it);
    Arbitrary<String> other =
        Combinators.combine(keys, values).as((key, value) -> '"' + key + "\" : " + value);
    return Arbitraries.frequencyOf(Tuple.of(1, type), Tuple.of(3, other)).list().ofMaxSize(6);
  }
}
