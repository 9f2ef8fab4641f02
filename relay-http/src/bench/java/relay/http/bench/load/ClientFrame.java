package relay.http.bench.load;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Writes frames as a client does: whole, masked, with the shortest length (RFC 6455 5.2). */
final class ClientFrame {
  static final int TEXT = 1;
  static final int CLOSE = 8;
  static final int PING = 9;
  static final int PONG = 10;
  static final int MAX_HEADER_BYTES = 14;

  private static final int KEY = 0x37FA213D;
  private static final long LONG_KEY = (KEY & 0xFFFFFFFFL) << 32 | (KEY & 0xFFFFFFFFL);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private ClientFrame() {}

  static void begin(ByteBuffer out, int opcode, int length) {
    out.put((byte) (0x80 | opcode));
    if (length <= 125) {
      out.put((byte) (0x80 | length));
    } else if (length <= 0xFFFF) {
      out.put((byte) 0xFE).putShort((short) length);
    } else {
      out.put((byte) 0xFF).putLong(length);
    }
    out.putInt(KEY);
  }

  /** Masks one payload. */
  static void mask(byte[] bytes, int from, int to) {
    int at = from;
    for (; at <= to - Long.BYTES; at += Long.BYTES) {
      LONG.set(bytes, at, (long) LONG.get(bytes, at) ^ LONG_KEY);
    }
    for (; at < to; at++) {
      bytes[at] ^= (byte) (KEY >>> (24 - 8 * ((at - from) & 3)));
    }
  }
}
