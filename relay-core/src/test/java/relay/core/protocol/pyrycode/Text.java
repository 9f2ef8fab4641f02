package relay.core.protocol.pyrycode;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Texts as sockets see them: somewhere inside a larger buffer, on the heap or off it. */
final class Text {
  private static final int BEFORE = 3;
  private static final int BEHIND = 9;

  private Text() {}

  static ByteBuffer of(String text) {
    return of(text.getBytes(StandardCharsets.UTF_8));
  }

  static ByteBuffer of(byte[] bytes) {
    return inside(ByteBuffer.allocate(BEFORE + bytes.length + BEHIND), bytes);
  }

  static ByteBuffer offHeap(byte[] bytes) {
    return inside(ByteBuffer.allocateDirect(BEFORE + bytes.length + BEHIND), bytes);
  }

  static byte[] bytes(ByteBuffer text, int start, int end) {
    byte[] bytes = new byte[end - start];
    text.get(start, bytes);
    return bytes;
  }

  static String string(ByteBuffer text, int start, int end) {
    return new String(bytes(text, start, end), StandardCharsets.UTF_8);
  }

  /** What surrounds the text would change its meaning if it were read. */
  private static ByteBuffer inside(ByteBuffer buffer, byte[] bytes) {
    while (buffer.hasRemaining()) {
      buffer.put((byte) '}');
    }
    return buffer.put(BEFORE, bytes).position(BEFORE).limit(BEFORE + bytes.length);
  }
}
