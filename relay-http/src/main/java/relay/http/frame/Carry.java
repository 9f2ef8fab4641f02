package relay.http.frame;

import java.nio.ByteBuffer;

/** The part of a payload that has come, kept until the rest does. */
final class Carry {
  /** What a peer may make the relay reserve by announcing a length and sending nothing. */
  private static final int FIRST_BYTES = 4096;

  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  private ByteBuffer bytes = NOTHING;
  private int size;

  int size() {
    return size;
  }

  /**
   * Adds these bytes.
   *
   * @param announced how many the frame was still to bring, these included
   * @param max the most this may ever hold
   */
  void append(ByteBuffer from, int start, int end, int announced, int max) {
    int count = end - start;
    if (count == 0) {
      return;
    }
    if (size + count > bytes.capacity()) {
      grow(size + count, size + announced, max);
    }
    bytes.clear().put(size, from, start, count);
    size += count;
  }

  /** Everything collected, valid until the next call. */
  ByteBuffer take() {
    bytes.clear().limit(size);
    size = 0;
    return bytes;
  }

  void release() {
    bytes = NOTHING;
    size = 0;
  }

  /** A length is believed up to four times what has come, so that lying about it is not cheap. */
  private void grow(int needed, int announced, int max) {
    long believed = Math.min(announced, Math.max(FIRST_BYTES, 4L * needed));
    int capacity = (int) Math.min(max, Math.max(believed, 2L * bytes.capacity()));
    ByteBuffer grown = ByteBuffer.allocate(capacity);
    grown.put(0, bytes, 0, size);
    bytes = grown;
  }
}
