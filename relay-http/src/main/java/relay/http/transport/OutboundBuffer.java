package relay.http.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import relay.http.frame.FrameRenderer;
import relay.http.frame.Opcode;

/**
 * What waits to be written to one peer: rendered frames in batches of about one write each.
 *
 * <p>At most one batch is out of its hands at a time, so everything else can still be dropped. Of
 * pings and pongs only the latest waits. While nothing waits, it owns no buffer.
 */
final class OutboundBuffer {
  static final int BATCH_BYTES = 64 * 1024;
  private static final int FIRST_BYTES = 1024;

  private final ByteBufAllocator alloc;
  private final long maxQueuedBytes;
  private final int overheadBytes;
  private @Nullable Batch first;
  private @Nullable Batch last;
  private byte @Nullable [] ping;
  private byte @Nullable [] pong;
  private long charged;
  private long answers;

  /** Whose words a message is. */
  enum Origin {
    /** Another socket's. */
    PEER,
    /** The relay's, of which nobody on this socket asked anything. */
    RELAY,
    /** The relay's, because of what this socket's peer said. */
    ANSWER
  }

  OutboundBuffer(ByteBufAllocator alloc, long maxQueuedBytes, int overheadBytes) {
    this.alloc = alloc;
    this.maxQueuedBytes = maxQueuedBytes;
    this.overheadBytes = overheadBytes;
  }

  /** Bytes that count against the bound (pyrycode 3.8), those being written included. */
  long charged() {
    return charged;
  }

  /** As {@link #charged}, of answers only. */
  long answers() {
    return answers;
  }

  /** Queues one text message made of three parts, unless the bound does not allow it. */
  boolean offer(byte[] head, ByteBuffer body, byte[] tail, Origin origin) {
    int length = head.length + body.remaining() + tail.length;
    long cost = (long) length + overheadBytes;
    if (charged + cost > maxQueuedBytes) {
      return false;
    }
    int headerBytes = FrameRenderer.headerBytes(length);
    Batch batch = batchFor(headerBytes + length);
    ByteBuffer out = batch.room(headerBytes + length);
    FrameRenderer.putHeader(out, Opcode.TEXT, length);
    out.put(head);
    out.put(out.position(), body, body.position(), body.remaining());
    out.position(out.position() + body.remaining());
    out.put(tail);
    batch.added(headerBytes + length);
    batch.messages++;
    batch.payloadBytes += length;
    batch.cost += cost;
    batch.forwarded += origin == Origin.PEER ? 1 : 0;
    charged += cost;
    if (origin == Origin.ANSWER) {
      batch.answers += cost;
      answers += cost;
    }
    return true;
  }

  void ping(byte[] payload) {
    ping = payload;
  }

  void pong(byte[] payload) {
    pong = payload;
  }

  /** Queues the close frame, or the end of the connection where it is empty. */
  void last(byte[] closeFrame) {
    // On the heap, since it may be said because there is no other memory.
    Batch batch = new Batch(Unpooled.wrappedBuffer(closeFrame));
    batch.isLast = true;
    append(batch);
  }

  /** What to write next: control frames, else the oldest batch; null if nothing waits. */
  @Nullable Batch next() {
    if (ping != null || pong != null) {
      Batch controls = new Batch(alloc.buffer(256));
      pong = putControl(controls, Opcode.PONG, pong);
      ping = putControl(controls, Opcode.PING, ping);
      return controls;
    }
    Batch batch = first;
    if (batch != null) {
      first = batch.next;
      last = first == null ? null : last;
      batch.next = null;
    }
    return batch;
  }

  /** The batch has been written, or never will be; its buffer is no longer ours. */
  void done(Batch batch) {
    charged -= batch.cost;
    answers -= batch.answers;
  }

  /** Lets go of everything that {@link #next} has not returned. */
  void drop() {
    int _ = dropMessages();
    if (first != null) {
      first.bytes.release();
      first = null;
      last = null;
    }
  }

  /** Lets go of everything that waits but {@link #last}. Returns how many messages. */
  int dropMessages() {
    int messages = 0;
    ping = null;
    pong = null;
    Batch end = last != null && last.isLast ? last : null;
    for (Batch batch = first; batch != null && batch != end; batch = batch.next) {
      batch.bytes.release();
      done(batch);
      messages += batch.messages;
    }
    first = end;
    last = end;
    return messages;
  }

  private Batch batchFor(int more) {
    Batch open = last;
    if (open != null && !open.isLast && open.bytes.readableBytes() + more <= BATCH_BYTES) {
      return open;
    }
    Batch batch = new Batch(alloc.directBuffer(Math.max(FIRST_BYTES, more)));
    append(batch);
    return batch;
  }

  private void append(Batch batch) {
    if (last == null) {
      first = batch;
    } else {
      last.next = batch;
    }
    last = batch;
  }

  private static byte @Nullable [] putControl(Batch to, int opcode, byte @Nullable [] payload) {
    if (payload != null) {
      int bytes = FrameRenderer.headerBytes(payload.length) + payload.length;
      ByteBuffer out = to.room(bytes);
      FrameRenderer.putHeader(out, opcode, payload.length);
      out.put(payload);
      to.added(bytes);
    }
    return null;
  }

  /** Frames that are written together. */
  static final class Batch {
    final ByteBuf bytes;
    private @Nullable Batch next;
    private int messages;
    private int forwarded;
    private long payloadBytes;
    private long cost;
    private long answers;
    private boolean isLast;

    private Batch(ByteBuf bytes) {
      this.bytes = bytes;
    }

    int messages() {
      return messages;
    }

    /** How many of the messages another socket sent. */
    int forwarded() {
      return forwarded;
    }

    long payloadBytes() {
      return payloadBytes;
    }

    /** Whether nothing may be written after it. */
    boolean isLast() {
      return isLast;
    }

    /** A view of the next bytes; the space grows in few, large steps. */
    private ByteBuffer room(int more) {
      int needed = bytes.writerIndex() + more;
      if (needed > bytes.capacity()) {
        bytes.capacity(Math.max(needed, Math.min(BATCH_BYTES, 8 * bytes.capacity())));
      }
      return bytes.internalNioBuffer(bytes.writerIndex(), more);
    }

    private void added(int count) {
      bytes.writerIndex(bytes.writerIndex() + count);
    }
  }
}
