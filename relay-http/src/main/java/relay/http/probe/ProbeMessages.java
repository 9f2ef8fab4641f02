package relay.http.probe;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Instant;
import java.util.Base64;

/** The JSON that a daemon and a phone say through the relay (pyrycode 3.1, 11.1 and 11.3). */
final class ProbeMessages {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int PROTOCOL = 2;

  private ProbeMessages() {}

  /** What the relay hands a binary: a phone's frame, or the code its connection ended with. */
  record FromPhone(String connId, JsonNode frame, int closeCode) {}

  static FromPhone unwrap(String envelope) throws ProbeFailure {
    JsonNode parsed = parse(envelope);
    String connId = parsed.path("conn_id").asText();
    if (connId.isEmpty()) {
      throw new ProbeFailure("an envelope without conn_id reached the binary");
    }
    return new FromPhone(connId, parsed.path("frame"), parsed.path("close_code").asInt());
  }

  static String wrap(String connId, ObjectNode frame) {
    return JSON.createObjectNode()
        .put("conn_id", connId)
        .<ObjectNode>set("frame", frame)
        .toString();
  }

  static ObjectNode frame(String type, byte[] data) {
    return JSON.createObjectNode()
        .put("v", PROTOCOL)
        .put("type", type)
        .put("data", Base64.getEncoder().encodeToString(data));
  }

  static byte[] data(String type, JsonNode frame) throws ProbeFailure {
    if (frame.path("v").asInt() != PROTOCOL || !frame.path("type").asText().equals(type)) {
      throw new ProbeFailure("expected a " + type + " frame, but something else came");
    }
    try {
      return Base64.getDecoder().decode(frame.path("data").asText());
    } catch (IllegalArgumentException _) {
      throw new ProbeFailure("the data of a " + type + " frame is not base64");
    }
  }

  static JsonNode parse(String text) throws ProbeFailure {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException _) {
      throw new ProbeFailure("a message that is not JSON came");
    }
  }

  static byte[] hello(Instant now, String deviceName, String version, String token) {
    ObjectNode payload =
        JSON.createObjectNode()
            .put("role", "client")
            .put("device_name", deviceName)
            .put("client_version", version);
    payload.putArray("protocol_versions").add("v2");
    return bytes(message(1, "hello", now, payload.put("token", token)));
  }

  static byte[] helloAck(Instant now, String serverId, String connId) {
    ObjectNode payload =
        JSON.createObjectNode()
            .put("protocol_version", "v2")
            .put("server_id", serverId)
            .put("conn_id", connId);
    return bytes(message(1, "hello_ack", now, payload).put("in_reply_to", 1));
  }

  static byte[] question(long id, Instant now) {
    return bytes(message(id, "list_conversations", now, JSON.createObjectNode()));
  }

  static byte[] reply(long id, Instant now) {
    ObjectNode payload = JSON.createObjectNode();
    payload.putArray("conversations");
    return bytes(message(id, "conversations", now, payload).put("in_reply_to", id));
  }

  /** Refuses anything but a message of that type with that number under that name. */
  static void check(byte[] message, String type, String name, long id) throws ProbeFailure {
    try {
      JsonNode parsed = JSON.readTree(message);
      if (parsed.path("type").asText().equals(type) && parsed.path(name).asLong() == id) {
        return;
      }
    } catch (IOException _) {
      // Falls through: not JSON is not the message either.
    }
    throw new ProbeFailure("expected " + type + ' ' + id + ", but something else was sealed");
  }

  private static ObjectNode message(long id, String type, Instant now, ObjectNode payload) {
    return JSON.createObjectNode()
        .put("id", id)
        .put("type", type)
        .put("ts", now.toString())
        .set("payload", payload);
  }

  private static byte[] bytes(ObjectNode message) {
    return message.toString().getBytes(UTF_8);
  }
}
