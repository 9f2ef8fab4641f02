package relay.core.endtoend;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.function.Function;
import relay.core.endtoend.AppMessage.Application;
import relay.core.endtoend.AppMessage.AuthOk;
import relay.core.endtoend.AppMessage.ChallengeAsked;
import relay.core.endtoend.AppMessage.ChallengeResponse;
import relay.core.endtoend.AppMessage.PairingCredentials;
import relay.core.endtoend.AppMessage.RotateSecret;
import relay.core.endtoend.AppMessage.RotateSecretAck;

/** The JSON inside a record. */
public final class AppMessageCodec {
  private static final ObjectMapper JSON = new ObjectMapper();

  private AppMessageCodec() {}

  public static String write(AppMessage message) {
    return switch (message) {
      case ChallengeAsked(var nonce) -> object("challenge").put("nonce", nonce).toString();
      case ChallengeResponse(var hmac) -> object("challenge_response").put("hmac", hmac).toString();
      case AuthOk() -> object("auth_ok").toString();
      case PairingCredentials(var secret) ->
          object("pairing_credentials").put("secret", secret).toString();
      case RotateSecret(var secret) -> object("rotate_secret").put("newSecret", secret).toString();
      case RotateSecretAck() -> object("rotate_secret_ack").toString();
      case Application(var json) -> json;
    };
  }

  /** Empty for what is no JSON object with a type, or lacks the text its type promises. */
  public static Optional<AppMessage> read(String json) {
    try {
      JsonNode message = JSON.readTree(json);
      String type = message.path("type").asText();
      return switch (type) {
        case "" -> Optional.empty();
        case "challenge" -> text(message, "nonce", ChallengeAsked::new);
        case "challenge_response" -> text(message, "hmac", ChallengeResponse::new);
        case "auth_ok" -> Optional.of(new AuthOk());
        case "pairing_credentials" -> text(message, "secret", PairingCredentials::new);
        case "rotate_secret" -> text(message, "newSecret", RotateSecret::new);
        case "rotate_secret_ack" -> Optional.of(new RotateSecretAck());
        default -> Optional.of(new Application(json));
      };
    } catch (JsonProcessingException _) {
      return Optional.empty();
    }
  }

  private static Optional<AppMessage> text(
      JsonNode message, String name, Function<String, AppMessage> create) {
    return Optional.ofNullable(message.path(name).textValue())
        .filter(text -> !text.isEmpty())
        .map(create);
  }

  private static ObjectNode object(String type) {
    return JSON.createObjectNode().put("type", type);
  }
}
