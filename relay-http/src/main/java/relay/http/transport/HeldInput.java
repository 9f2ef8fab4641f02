package relay.http.transport;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What a peer sent while its messages have to wait: one message, and the bytes behind it. */
final class HeldInput {
  static final int ENOUGH_BYTES = 64 * 1024;
  private static final byte[] NOTHING = {};

  private byte @Nullable [] message;
  private byte[] bytes = NOTHING;

  boolean isEmpty() {
    return message == null && bytes.length == 0;
  }

  /** Whether reading on would keep more than the bound. */
  boolean isFull() {
    return bytes.length >= ENOUGH_BYTES;
  }

  void keepMessage(ByteBuffer payload) {
    byte[] copy = new byte[payload.remaining()];
    payload.get(payload.position(), copy);
    message = copy;
  }

  void keepBytes(ByteBuffer rest) {
    int before = bytes.length;
    bytes = Arrays.copyOf(bytes, before + rest.remaining());
    rest.get(bytes, before, bytes.length - before);
  }

  /** The message that came first, or null if only bytes wait. */
  byte @Nullable [] takeMessage() {
    byte[] taken = message;
    message = null;
    return taken;
  }

  byte[] takeBytes() {
    byte[] taken = bytes;
    bytes = NOTHING;
    return taken;
  }
}
