package relay.http.frame;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Says of bytes that come in pieces whether they can still become UTF-8, as early as possible. */
final class Utf8Check {
  /** Between characters: where a text starts and where it must end. */
  static final int COMPLETE = 0;

  static final int INVALID = 1;

  private static final int ONE_MORE = 2;
  private static final int TWO_MORE = 3;
  private static final int THREE_MORE = 4;
  private static final int AFTER_E0 = 5;
  private static final int AFTER_ED = 6;
  private static final int AFTER_F0 = 7;
  private static final int AFTER_F4 = 8;
  private static final int STATES = 9;

  private static final VarHandle WORD =
      MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());
  private static final long HIGH_BITS = 0x8080808080808080L;
  private static final byte[] NEXT = transitions();

  private Utf8Check() {}

  /** The state behind these bytes, given the state before them. */
  static int advance(int state, ByteBuffer bytes, int from, int to) {
    int now = state;
    int at = from;
    while (at < to && now != INVALID) {
      if (now == COMPLETE) {
        at = skipAscii(bytes, at, to);
        if (at == to) {
          return COMPLETE;
        }
      }
      now = NEXT[now << 8 | (bytes.get(at++) & 0xFF)];
    }
    return now;
  }

  private static int skipAscii(ByteBuffer bytes, int from, int to) {
    int at = from;
    while (at <= to - Long.BYTES && ((long) WORD.get(bytes, at) & HIGH_BITS) == 0) {
      at += Long.BYTES;
    }
    while (at < to && bytes.get(at) >= 0) {
      at++;
    }
    return at;
  }

  /** The well-formed byte sequences of Unicode, table 3-7. */
  private static byte[] transitions() {
    byte[] next = new byte[STATES << 8];
    Arrays.fill(next, (byte) INVALID);
    allow(next, COMPLETE, 0x00, 0x7F, COMPLETE);
    allow(next, COMPLETE, 0xC2, 0xDF, ONE_MORE);
    allow(next, COMPLETE, 0xE0, 0xEF, TWO_MORE);
    allow(next, COMPLETE, 0xE0, 0xE0, AFTER_E0);
    allow(next, COMPLETE, 0xED, 0xED, AFTER_ED);
    allow(next, COMPLETE, 0xF0, 0xF0, AFTER_F0);
    allow(next, COMPLETE, 0xF1, 0xF3, THREE_MORE);
    allow(next, COMPLETE, 0xF4, 0xF4, AFTER_F4);
    allow(next, ONE_MORE, 0x80, 0xBF, COMPLETE);
    allow(next, TWO_MORE, 0x80, 0xBF, ONE_MORE);
    allow(next, THREE_MORE, 0x80, 0xBF, TWO_MORE);
    allow(next, AFTER_E0, 0xA0, 0xBF, ONE_MORE);
    allow(next, AFTER_ED, 0x80, 0x9F, ONE_MORE);
    allow(next, AFTER_F0, 0x90, 0xBF, TWO_MORE);
    allow(next, AFTER_F4, 0x80, 0x8F, TWO_MORE);
    return next;
  }

  private static void allow(byte[] next, int state, int first, int last, int then) {
    Arrays.fill(next, state << 8 | first, (state << 8 | last) + 1, (byte) then);
  }
}
