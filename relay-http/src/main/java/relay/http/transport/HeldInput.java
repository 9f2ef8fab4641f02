package relay.http.transport;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import relay.http.frame.FrameSink;
import relay.http.frame.Opcode;

/** What a peer sent while its messages have to wait: one message, and the bytes behind it. */
final class HeldInput {
  static final int ENOUGH_BYTES = 64 * 1024;
  private static final byte[] NOTHING = {};

  private byte @Nullable [] message;
  private byte[] bytes = NOTHING;
  private int size;
  private long lookedAt;

  boolean isEmpty() {
    return message == null && size == 0;
  }

  /** Whether reading on would keep more than the bound. */
  boolean isFull() {
    return size >= ENOUGH_BYTES;
  }

  void keepMessage(ByteBuffer payload) {
    byte[] copy = new byte[payload.remaining()];
    payload.get(payload.position(), copy);
    message = copy;
  }

  void keepBytes(ByteBuffer rest) {
    int more = rest.remaining();
    if (size + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(size + more, 2 * bytes.length));
    }
    rest.get(bytes, size, more);
    size += more;
  }

  /** The message that came first, or null if only bytes wait. */
  byte @Nullable [] takeMessage() {
    byte[] taken = message;
    message = null;
    return taken;
  }

  ByteBuffer takeBytes() {
    ByteBuffer taken = ByteBuffer.wrap(bytes, 0, size);
    bytes = NOTHING;
    size = 0;
    lookedAt = 0;
    return taken;
  }

  /**
   * Shows pings and pongs that wait behind messages, so that a peer who has to wait is not taken
   * for dead, nor takes the relay for it. They stay where they are: hearing one twice harms nobody.
   */
  void lookAhead(FrameSink sink) {
    while (lookedAt + 2 <= size) {
      int at = (int) lookedAt;
      int opcode = bytes[at] & 0x0F;
      int shortLength = bytes[at + 1] & 0x7F;
      int headerBytes = shortLength < 126 ? 6 : shortLength == 126 ? 8 : 14;
      boolean isControl = opcode >= Opcode.CLOSE;
      if (opcode == Opcode.CLOSE || bytes[at + 1] >= 0 || (isControl && shortLength > 125)) {
        // What comes behind a close frame, or is no frame of a client, is not looked at.
        lookedAt = Integer.MAX_VALUE;
        return;
      }
      if (at + headerBytes > size) {
        return;
      }
      long end = at + headerBytes + payloadBytes(at, shortLength);
      if (isControl) {
        if (end > size) {
          return;
        }
        show(opcode, at + headerBytes, shortLength, sink);
      }
      lookedAt = end < 0 ? Integer.MAX_VALUE : end;
    }
  }

  private long payloadBytes(int at, int shortLength) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    return switch (shortLength) {
      case 126 -> Short.toUnsignedInt(in.getShort(at + 2));
      case 127 -> Math.clamp(in.getLong(at + 2), 0, Integer.MAX_VALUE);
      default -> shortLength;
    };
  }

  private void show(int opcode, int from, int length, FrameSink sink) {
    byte[] payload = Arrays.copyOfRange(bytes, from, from + length);
    for (int at = 0; at < length; at++) {
      payload[at] ^= bytes[from - 4 + (at & 3)];
    }
    switch (opcode) {
      case Opcode.PING -> sink.ping(ByteBuffer.wrap(payload));
      case Opcode.PONG -> sink.pong(ByteBuffer.wrap(payload));
      default -> {}
    }
  }
}
