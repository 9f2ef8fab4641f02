package relay.http.frame;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/** The header of a client's frame, read from however many chunks (RFC 6455 5.2). */
final class FrameHeader {
  private static final VarHandle SHORT =
      MethodHandles.byteBufferViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteBufferViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  private static final int FIN = 0x80;
  private static final int RESERVED_BITS = 0x70;
  private static final int MASKED = 0x80;
  private static final int MAX_BYTES = 14;

  private final ByteBuffer partial = ByteBuffer.allocate(MAX_BYTES);
  private int first;
  private int key;
  private long length;
  private @Nullable String fault;

  /** Consumes header bytes until the header is whole or known to be wrong; then returns true. */
  boolean read(ByteBuffer in) {
    if (partial.position() == 0 && in.remaining() >= MAX_BYTES) {
      int at = in.position();
      in.position(at + bytes(in.get(at + 1)));
      decode(in, at);
      return true;
    }
    while (in.hasRemaining()) {
      partial.put(in.get());
      int seen = partial.position();
      if (seen == 2) {
        fault = faultOf(partial.get(0), partial.get(1));
        if (fault != null) {
          return true;
        }
      }
      if (seen > 2 && seen == bytes(partial.get(1))) {
        partial.clear();
        decode(partial, 0);
        return true;
      }
    }
    return false;
  }

  /** What is wrong with the header whatever came before it. */
  @Nullable String fault() {
    return fault;
  }

  int opcode() {
    return first & 0x0F;
  }

  boolean isFinal() {
    return (first & FIN) != 0;
  }

  /** The masking bytes, the first in the highest place. */
  int key() {
    return key;
  }

  long length() {
    return length;
  }

  private void decode(ByteBuffer from, int at) {
    first = from.get(at);
    int second = from.get(at + 1);
    fault = faultOf(first, second);
    if (fault != null) {
      return;
    }
    int shortLength = second & 0x7F;
    key = (int) INT.get(from, at + bytes(second) - Integer.BYTES);
    switch (shortLength) {
      case 126 -> {
        length = (short) SHORT.get(from, at + 2) & 0xFFFF;
        fault = length <= 125 ? "malformed length" : null;
      }
      case 127 -> {
        length = (long) LONG.get(from, at + 2);
        // Lengths with the top bit set are negative here, and no more welcome.
        fault = length <= 0xFFFF ? "malformed length" : null;
      }
      default -> length = shortLength;
    }
  }

  private static int bytes(int second) {
    return switch (second & 0x7F) {
      case 126 -> 8;
      case 127 -> 14;
      default -> 6;
    };
  }

  private static @Nullable String faultOf(int first, int second) {
    int opcode = first & 0x0F;
    if ((first & RESERVED_BITS) != 0) {
      return "reserved bits set";
    }
    if (Opcode.isReserved(opcode)) {
      return "unknown opcode";
    }
    if ((second & MASKED) == 0) {
      return "frame not masked";
    }
    if (!Opcode.isControl(opcode)) {
      return null;
    }
    if ((first & FIN) == 0) {
      return "fragmented control frame";
    }
    return (second & 0x7F) > FrameRenderer.MAX_CONTROL_BYTES ? "control frame too long" : null;
  }
}
