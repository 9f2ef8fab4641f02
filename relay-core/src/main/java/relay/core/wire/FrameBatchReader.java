package relay.core.wire;

import java.nio.ByteBuffer;

/** Walks over the records that a {@link FrameBatchWriter} has written. */
public final class FrameBatchReader {
  private final ByteBuffer records;
  private final ByteBuffer payload;
  private final int end;
  private int start;
  private int next;

  public FrameBatchReader(byte[] records) {
    this(records, 0, records.length);
  }

  public FrameBatchReader(byte[] records, int from, int to) {
    this.records = ByteBuffer.wrap(records);
    this.payload = ByteBuffer.wrap(records);
    this.end = to;
    this.start = from;
    this.next = from;
  }

  /** Goes to the next record, if there is one. */
  public boolean next() {
    if (next == end) {
      return false;
    }
    start = next;
    int left = end - start - FrameBatchWriter.HEADER_BYTES;
    int length = left < 0 ? -1 : records.getInt(start + 19);
    if (length < 0 || length > left) {
      throw new IllegalArgumentException(
          (end - start) + " bytes at " + start + " are not whole records");
    }
    next = start + FrameBatchWriter.HEADER_BYTES + length;
    return true;
  }

  /** Where the current record begins. */
  public int start() {
    return start;
  }

  /** Where the current record ends. */
  public int end() {
    return next;
  }

  public long socket() {
    return records.getLong(start);
  }

  public long epoch() {
    return records.getLong(start + 8);
  }

  public int kind() {
    return Byte.toUnsignedInt(records.get(start + 16));
  }

  public int closeCode() {
    return Short.toUnsignedInt(records.getShort(start + 17));
  }

  /** The same buffer each time, set to the current record's payload. */
  public ByteBuffer payload() {
    return payload.limit(next).position(start + FrameBatchWriter.HEADER_BYTES);
  }
}
