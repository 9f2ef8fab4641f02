package relay.core.protocol.pyrycode;

import java.nio.charset.StandardCharsets;
import relay.core.protocol.JsonString;

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
    StringBuilder json = new StringBuilder(connId.length() + 32).append("{\"conn_id\":");
    JsonString.append(json, connId);
    return json;
  }

  private static byte[] utf8(StringBuilder json) {
    return json.toString().getBytes(StandardCharsets.UTF_8);
  }
}
