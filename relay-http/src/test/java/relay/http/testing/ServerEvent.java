package relay.http.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

/** What a {@link TestPeer} received, pings and pongs apart. */
public sealed interface ServerEvent {
  record Text(String text) implements ServerEvent {
    @Override
    public String toString() {
      return "text " + shortened(text);
    }
  }

  record Binary(String hex) implements ServerEvent {
    @Override
    public String toString() {
      return "binary " + shortened(hex);
    }
  }

  record Close(int code, String reason) implements ServerEvent {
    @Override
    public String toString() {
      return "close " + code + " \"" + reason + '"';
    }
  }

  /** The connection's end, or a frame no server may send. */
  record End(String how) implements ServerEvent {
    @Override
    public String toString() {
      return "the end: " + how;
    }
  }

  static ServerEvent close(byte[] payload) {
    return payload.length < 2
        ? new Close(1005, "")
        : new Close(
            (payload[0] & 0xFF) << 8 | (payload[1] & 0xFF),
            new String(payload, 2, payload.length - 2, UTF_8));
  }

  private static String shortened(String text) {
    return text.length() <= 300
        ? text
        : text.substring(0, 300) + "… (" + text.length() + " characters)";
  }
}
