package relay.http.testing.termonmac;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import relay.core.endtoend.Introduction;
import relay.http.testing.termonmac.ServerMessage.ErrorMessage;
import relay.http.testing.termonmac.ServerMessage.ExtraQuota;
import relay.http.testing.termonmac.ServerMessage.HeartbeatAck;
import relay.http.testing.termonmac.ServerMessage.PeerDisconnected;
import relay.http.testing.termonmac.ServerMessage.PeerJoined;
import relay.http.testing.termonmac.ServerMessage.QuotaExceeded;
import relay.http.testing.termonmac.ServerMessage.Relay;
import relay.http.testing.termonmac.ServerMessage.RelayBatch;
import relay.http.testing.termonmac.ServerMessage.RoomRegistered;

/**
 * Reads what the relay says as Swift's decoder does: a required key that is missing or null, a
 * value of another type, or a fraction where an integer belongs loses the whole message (appendix
 * A).
 */
final class StrictDecoder {
  /** A message that the real client would drop with a line in its log. */
  static final class Dropped extends Exception {
    private static final long serialVersionUID = 1L;

    Dropped(String why) {
      super(why);
    }
  }

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private final JsonNode message;

  private StrictDecoder(JsonNode message) {
    this.message = message;
  }

  static ServerMessage decode(String text) throws Dropped {
    try {
      return new StrictDecoder(JSON.readTree(text)).read();
    } catch (JsonProcessingException broken) {
      throw new Dropped("not JSON: " + broken.getOriginalMessage());
    }
  }

  private ServerMessage read() throws Dropped {
    String type = text("type");
    return switch (type) {
      case "room_registered" -> new RoomRegistered(text("room_id"), anInt("max_sessions"));
      case "peer_joined" ->
          new PeerJoined(
              new Introduction(
                  text("public_key"),
                  aText("session_nonce").orElse(""),
                  aText("ephemeral_key").orElse("")));
      case "relay" -> new Relay(text("payload"));
      case "relay_batch" -> new RelayBatch(texts("payloads"));
      case "peer_disconnected" -> new PeerDisconnected(text("reason"));
      case "heartbeat_ack" ->
          new HeartbeatAck(
              aBoolean("mac_connected").orElse(false),
              aText("account_match"),
              aBoolean("account_deleted").orElse(false));
      case "error" ->
          new ErrorMessage(text("code"), text("message"), aText("mac_email"), aText("ios_email"));
      case "quota_exceeded" -> quotaExceeded();
      default -> throw new Dropped("unknown type " + type);
    };
  }

  private QuotaExceeded quotaExceeded() throws Dropped {
    Optional<Long> used = anInt("extra_quota_used");
    Optional<Long> limit = anInt("extra_quota_limit");
    Optional<String> expiresAt = aText("extra_quota_expires_at");
    boolean hasExtra = used.isPresent() || limit.isPresent() || expiresAt.isPresent();
    return new QuotaExceeded(
        required("usage", anInt("usage")),
        required("limit", anInt("limit")),
        text("period"),
        text("resets_at"),
        hasExtra ? Optional.of(new ExtraQuota(used, limit, expiresAt)) : Optional.empty());
  }

  private String text(String key) throws Dropped {
    return required(key, aText(key));
  }

  private List<String> texts(String key) throws Dropped {
    JsonNode array = required(key, optional(key, JsonNode::isArray));
    List<String> texts = new ArrayList<>();
    for (JsonNode item : array) {
      if (!item.isTextual()) {
        throw new Dropped("an item of " + key + " is no text");
      }
      texts.add(item.textValue());
    }
    return texts;
  }

  private Optional<String> aText(String key) throws Dropped {
    return optional(key, JsonNode::isTextual).map(JsonNode::textValue);
  }

  private Optional<Boolean> aBoolean(String key) throws Dropped {
    return optional(key, JsonNode::isBoolean).map(JsonNode::booleanValue);
  }

  private Optional<Long> anInt(String key) throws Dropped {
    return optional(key, node -> node.isIntegralNumber() && node.canConvertToLong())
        .map(JsonNode::longValue);
  }

  private Optional<JsonNode> optional(String key, Predicate<JsonNode> isRight) throws Dropped {
    JsonNode value = message.path(key);
    if (value.isMissingNode() || value.isNull()) {
      return Optional.empty();
    }
    if (!isRight.test(value)) {
      throw new Dropped(key + " is a " + value.getNodeType() + " it must not be");
    }
    return Optional.of(value);
  }

  private static <T> T required(String key, Optional<T> value) throws Dropped {
    return value.orElseThrow(() -> new Dropped(key + " is missing"));
  }
}
