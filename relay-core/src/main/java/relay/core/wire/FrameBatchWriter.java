package relay.core.wire;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Collects frames for sockets of another loop or node as records, big endian: u64 socket, u64
 * epoch, u8 kind, u16 close code, u32 length, payload.
 */
public final class FrameBatchWriter {
  public static final int HEADER_BYTES = 23;
  private static final int FIRST_BYTES = 1024;

  private final int keptBytes;
  private byte[] bytes = {};
  private int size;

  /**
   * @param keptBytes how much space may stay reserved between batches
   */
  public FrameBatchWriter(int keptBytes) {
    this.keptBytes = keptBytes;
  }

  public int size() {
    return size;
  }

  /** Adds one frame, made of three parts; the buffer's position stays where it is. */
  public void append(Head of, byte[] head, ByteBuffer body, byte[] tail) {
    int length = head.length + body.remaining() + tail.length;
    ensure(HEADER_BYTES + length);
    ByteBuffer.wrap(bytes, size, HEADER_BYTES)
        .putLong(of.socket())
        .putLong(of.epoch())
        .put((byte) of.kind())
        .putShort((short) of.closeCode())
        .putInt(length);
    int at = size + HEADER_BYTES;
    System.arraycopy(head, 0, bytes, at, head.length);
    body.get(body.position(), bytes, at + head.length, body.remaining());
    System.arraycopy(tail, 0, bytes, at + length - tail.length, tail.length);
    size += HEADER_BYTES + length;
  }

  /** The records so far; the writer is empty afterwards. */
  public byte[] take() {
    byte[] records = Arrays.copyOf(bytes, size);
    size = 0;
    if (bytes.length > keptBytes) {
      bytes = new byte[0];
    }
    return records;
  }

  private void ensure(int more) {
    if (size + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(FIRST_BYTES, Math.max(2 * bytes.length, size + more)));
    }
  }

  /** Whom a frame is for and what goes with it; kind is 0 to 255, a close code 0 to 65535. */
  public record Head(long socket, long epoch, int kind, int closeCode) {}
}
