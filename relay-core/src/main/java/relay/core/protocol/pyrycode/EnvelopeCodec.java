package relay.core.protocol.pyrycode;

import java.nio.charset.StandardCharsets;

/**
 * Writes what the relay sends to a binary (pyrycode 3.1): a frame's bytes go, untouched, between
 * {@link #head} and {@link #tail}.
 */
public final class EnvelopeCodec {
  private static final byte[] TAIL = {'}'};

  private EnvelopeCodec() {}

  /** Everything before a phone's frame. */
  public static byte[] head(String connId) {
    return utf8(opened(connId).append(",\"frame\":"));
  }

  /** Everything behind a phone's frame; the caller's own copy. */
  public static byte[] tail() {
    return TAIL.clone();
  }

  /** Tells the binary that the phone's connection ended with this code (pyrycode 3.6). */
  public static byte[] closeNotice(String connId, int closeCode) {
    return utf8(opened(connId).append(",\"close_code\":").append(closeCode).append('}'));
  }

  private static StringBuilder opened(String connId) {
    if (connId.isEmpty()) {
      throw new IllegalArgumentException("\"\" is not a conn_id: it must not be empty");
    }
    StringBuilder json = new StringBuilder(connId.length() + 32).append("{\"conn_id\":\"");
    connId.chars().forEach(character -> appendEscaped(json, (char) character));
    return json.append('"');
  }

  private static void appendEscaped(StringBuilder json, char character) {
    if (character == '"' || character == '\\') {
      json.append('\\').append(character);
    } else if (character < ' ') {
      json.append(String.format("\\u%04x", (int) character));
    } else {
      json.append(character);
    }
  }

  private static byte[] utf8(StringBuilder json) {
    return json.toString().getBytes(StandardCharsets.UTF_8);
  }
}
