package relay.http.frame;

import java.nio.ByteBuffer;

/**
 * What a {@link FrameParser} tells. A payload lies between its buffer's position and limit, is
 * unmasked, and is valid only during the call: it is the parser's input or scratch space.
 */
public interface FrameSink {

  /**
   * One whole message, its fragments joined; text is valid UTF-8.
   *
   * @return false to stop parsing behind this message
   */
  boolean message(ByteBuffer payload, boolean text);

  void ping(ByteBuffer payload);

  void pong(ByteBuffer payload);

  /** The peer's close frame; 1005 and an empty reason where it had no payload. */
  void close(int code, String reason);

  /** The peer broke the protocol; the reason is short and never echoes its input. */
  void violation(int closeCode, String reason);
}
