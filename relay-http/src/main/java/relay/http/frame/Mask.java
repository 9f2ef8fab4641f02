package relay.http.frame;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Takes a client's masking off, eight bytes at a time. */
final class Mask {
  private static final VarHandle WORD =
      MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());
  private static final boolean LITTLE = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;

  /** The compiler does not unroll such loops; four words a turn are a fifth faster. */
  private static final int BLOCK_BYTES = 4 * Long.BYTES;

  private static final long HIGH_BITS = 0x8080808080808080L;

  private Mask() {}

  /**
   * Unmasks in place.
   *
   * @param key the four masking bytes, the one for {@code from} in the highest place
   * @return whether everything unmasked is ASCII
   */
  static boolean remove(ByteBuffer bytes, int from, int to, int key) {
    long half = (LITTLE ? Integer.reverseBytes(key) : key) & 0xFFFFFFFFL;
    long mask = half << 32 | half;
    long seen = 0;
    int at = from;
    for (; at <= to - BLOCK_BYTES; at += BLOCK_BYTES) {
      long first = (long) WORD.get(bytes, at) ^ mask;
      long second = (long) WORD.get(bytes, at + 8) ^ mask;
      long third = (long) WORD.get(bytes, at + 16) ^ mask;
      long fourth = (long) WORD.get(bytes, at + 24) ^ mask;
      WORD.set(bytes, at, first);
      WORD.set(bytes, at + 8, second);
      WORD.set(bytes, at + 16, third);
      WORD.set(bytes, at + 24, fourth);
      seen |= first | second | third | fourth;
    }
    for (; at <= to - Long.BYTES; at += Long.BYTES) {
      long word = (long) WORD.get(bytes, at) ^ mask;
      WORD.set(bytes, at, word);
      seen |= word;
    }
    for (int rest = key; at < to; at++, rest = Integer.rotateLeft(rest, 8)) {
      byte plain = (byte) (bytes.get(at) ^ rest >>> 24);
      bytes.put(at, plain);
      seen |= plain;
    }
    return (seen & HIGH_BITS) == 0;
  }

  /** The key as seen by a byte that stands this many bytes into the payload. */
  static int turn(int key, int bytes) {
    return Integer.rotateLeft(key, 8 * (bytes & 3));
  }
}
