package relay.core.endtoend;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Optional;

/**
 * What a Mac shows and a phone's camera reads: the only thing between the two that no relay sees
 * (TermOnMac 10.2).
 *
 * @param relayUrl such as {@code wss://relay.example.org}, without a slash at its end
 * @param macKey the Mac's identity, as base64
 * @param isBound whether this Mac understands proofs tied to the session's keys, which a phone then
 *     insists on; an addition of ours that other clients neither write nor look for
 */
public record QrPayload(
    String relayUrl,
    String roomId,
    String macKey,
    PairingToken token,
    Optional<String> roomName,
    boolean isBound) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int VERSION = 2;

  /** Compact JSON. */
  public String text() {
    ObjectNode payload =
        JSON.createObjectNode()
            .put("v", VERSION)
            .put("r", relayUrl)
            .put("i", roomId)
            .put("k", macKey)
            .put("p", token.text())
            .put("e", token.expiresAt().getEpochSecond());
    roomName.ifPresent(name -> payload.put("n", name));
    if (isBound) {
      payload.put("b", 1);
    }
    return payload.toString();
  }

  /** Empty for anything but a payload of this version. */
  public static Optional<QrPayload> parse(String text) {
    try {
      JsonNode payload = JSON.readTree(text);
      return isComplete(payload) ? Optional.of(read(payload)) : Optional.empty();
    } catch (JsonProcessingException _) {
      return Optional.empty();
    }
  }

  private static boolean isComplete(JsonNode payload) {
    for (String name : new String[] {"r", "i", "k", "p"}) {
      if (!payload.path(name).isTextual() || payload.path(name).textValue().isEmpty()) {
        return false;
      }
    }
    return payload.path("v").asInt() == VERSION && payload.path("e").isIntegralNumber();
  }

  private static QrPayload read(JsonNode payload) {
    return new QrPayload(
        payload.path("r").asText(),
        payload.path("i").asText(),
        payload.path("k").asText(),
        new PairingToken(
            payload.path("p").asText(), Instant.ofEpochSecond(payload.path("e").asLong())),
        Optional.ofNullable(payload.path("n").textValue()),
        payload.path("b").asInt() == 1);
  }

  @Override
  public String toString() {
    return "QrPayload(" + roomId + ")";
  }
}
