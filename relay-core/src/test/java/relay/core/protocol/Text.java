package relay.core.protocol;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Texts as sockets see them: somewhere inside a larger buffer, on the heap or off it. */
public final class Text {
  private static final int BEFORE = 3;
  private static final int BEHIND = 9;

  private Text() {}

  public static ByteBuffer of(String text) {
    return of(text.getBytes(StandardCharsets.UTF_8));
  }

  public static ByteBuffer of(byte[] bytes) {
    return inside(ByteBuffer.allocate(BEFORE + bytes.length + BEHIND), bytes);
  }

  public static ByteBuffer offHeap(byte[] bytes) {
    return inside(ByteBuffer.allocateDirect(BEFORE + bytes.length + BEHIND), bytes);
  }

  public static byte[] bytes(ByteBuffer text, int start, int end) {
    byte[] bytes = new byte[end - start];
    text.get(start, bytes);
    return bytes;
  }

  public static String string(ByteBuffer text, int start, int end) {
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
