package relay.http.testing.termonmac;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import relay.core.endtoend.Introduction;
import relay.core.endtoend.PairingToken;
import relay.core.endtoend.RoomSecret;

/** What clients say to the relay, in the JSON that Swift writes: slashes are escaped (2.4). */
final class ClientTexts {
  private static final ObjectMapper JSON = new ObjectMapper();

  private ClientTexts() {}

  static String register(
      String roomId, RoomSecret secret, Introduction mac, Optional<PairingToken> token) {
    ObjectNode message = introduced("register_room", roomId, mac).put("secret_hash", secret.hash());
    token.ifPresent(
        it ->
            message
                .put("pairing_token_hash", it.hash())
                .put("pairing_token_expires_at", it.expiresAt().getEpochSecond()));
    return swift(message);
  }

  /** The second form, after the phone has acknowledged the new secret (TermOnMac 3.2). */
  static String registerAgain(String roomId, RoomSecret secret, Introduction mac) {
    return register(
        roomId,
        secret,
        new Introduction(mac.publicKey(), mac.sessionNonce(), ""),
        Optional.empty());
  }

  static String join(
      String roomId,
      Introduction phone,
      Optional<RoomSecret> secret,
      Optional<PairingToken> token) {
    ObjectNode message = introduced("join_room", roomId, phone);
    secret.ifPresent(it -> message.put("secret_hash", it.hash()));
    token.ifPresent(it -> message.put("pairing_token_hash", it.hash()));
    return swift(message);
  }

  static String relay(String payload) {
    return swift(message("relay").put("payload", payload));
  }

  static String relayBatch(List<String> payloads) {
    ObjectNode message = message("relay_batch");
    ArrayNode array = message.putArray("payloads");
    payloads.forEach(array::add);
    return swift(message);
  }

  static String heartbeat() {
    return swift(message("heartbeat"));
  }

  private static ObjectNode introduced(String type, String roomId, Introduction who) {
    return message(type)
        .put("room_id", roomId)
        .put("public_key", who.publicKey())
        .put("session_nonce", who.sessionNonce())
        .put("ephemeral_key", who.ephemeralKey());
  }

  private static ObjectNode message(String type) {
    return JSON.createObjectNode().put("type", type);
  }

  private static String swift(ObjectNode message) {
    return message.toString().replace("/", "\\/");
  }
}
