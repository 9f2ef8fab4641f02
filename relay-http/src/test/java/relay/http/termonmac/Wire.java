package relay.http.termonmac;

import relay.http.testing.TestDial;
import relay.http.testing.TestPeer;

/** What Macs and phones say, letter by letter, and what the relay answers. */
final class Wire {
  static final String HEARTBEAT = "{\"type\":\"heartbeat\"}";
  static final String NO_PEER =
      "{\"type\":\"error\",\"code\":\"NO_PEER\",\"message\":\"Peer not connected\"}";
  static final String SECRET = "7dc7b30ce4a90fb0ab57b53e5d763d8268b5675fe5237f40d2ab4c6950b9eb3c";

  private Wire() {}

  static TestDial dial(int port, String room, String role, String apiKey) {
    return TestPeer.to(port, "/ws?room_id=" + room + "&role=" + role)
        .header("Authorization", "Bearer " + apiKey);
  }

  static String register(String room, String secretHash, String ephemeralKey) {
    return """
    {"type":"register_room","room_id":"%s","secret_hash":"%s","public_key":"macKey",\
    "session_nonce":"macNonce","ephemeral_key":"%s"}\
    """
        .formatted(room, secretHash, ephemeralKey);
  }

  static String join(String room, String key) {
    return """
    {"type":"join_room","room_id":"%s","secret_hash":"%s","public_key":"%s",\
    "session_nonce":"iosNonce","ephemeral_key":"iosEphemeral"}\
    """
        .formatted(room, SECRET, key);
  }

  static String registered(String room) {
    return "{\"type\":\"room_registered\",\"room_id\":\"" + room + "\",\"max_sessions\":-1}";
  }

  static String metMac(String ephemeralKey) {
    return """
    {"type":"peer_joined","public_key":"macKey","session_nonce":"macNonce",\
    "ephemeral_key":"%s"}\
    """
        .formatted(ephemeralKey);
  }

  static String metPhone(String key) {
    return """
    {"type":"peer_joined","public_key":"%s","session_nonce":"iosNonce",\
    "ephemeral_key":"iosEphemeral"}\
    """
        .formatted(key);
  }

  static String gone(String reason) {
    return "{\"type\":\"peer_disconnected\",\"reason\":\"" + reason + "\"}";
  }

  /** One frame of that many bytes, different at every place. */
  static String relay(int seed, int bytes) {
    StringBuilder frame = new StringBuilder(bytes).append("{\"type\":\"relay\",\"payload\":\"");
    for (int number = seed; frame.length() < bytes; number++) {
      frame.append(number).append('/');
    }
    frame.setLength(bytes - 2);
    return frame.append("\"}").toString();
  }

  /** A Mac that holds the room. */
  static TestPeer mac(int port, String room, String apiKey) {
    TestPeer mac = dial(port, room, "mac", apiKey).connect().expectHttp(101);
    return mac.send(register(room, SECRET, "macEphemeral")).expect(registered(room));
  }

  /** A phone that asks to join; it has not heard of a Mac yet. */
  static TestPeer phone(int port, String room, String apiKey) {
    return dial(port, room, "ios", apiKey).connect().expectHttp(101).send(join(room, "iosKey"));
  }

  /** Both have met. */
  static void meet(TestPeer mac, TestPeer phone) {
    phone.expect(metMac("macEphemeral"));
    mac.expect(metPhone("iosKey"));
  }
}
