package relay.http.transport;

import java.util.concurrent.atomic.AtomicLong;

/** The way back to the loop that sent a batch: what was consumed, and who cannot keep up. */
abstract class ReturnPath {
  private final long stepBytes;
  private final AtomicLong consumed = new AtomicLong();

  ReturnPath(LinkLimits limits) {
    this.stepBytes = limits.creditBytes();
  }

  /** So many bytes need no space any more; says so once enough have come together. */
  final void consumed(long bytes) {
    long after = consumed.addAndGet(bytes);
    if (after / stepBytes != (after - bytes) / stepBytes) {
      credit(after);
    }
  }

  abstract void credit(long consumedBytes);

  abstract void congested(long socket, boolean isCongested);
}
