package relay.http.transport;

import java.util.concurrent.atomic.AtomicLong;

/** The way back to the loop that sent a batch: what was consumed, and who cannot keep up. */
abstract class ReturnPath {
  private final long stepBytes;
  private final AtomicLong consumed = new AtomicLong();
  private long arrived;
  private volatile long askedFor;

  ReturnPath(LinkLimits limits) {
    this.stepBytes = limits.creditBytes();
  }

  /** A batch of this charge comes; called by one thread, before any of it is consumed. */
  final void arriving(long charge, boolean wantsCredit) {
    arrived += charge;
    if (wantsCredit) {
      askedFor = arrived;
    }
  }

  /**
   * So many bytes need no space any more; says so when asked, or when enough have come together.
   */
  final void consumed(long bytes) {
    if (bytes == 0) {
      return;
    }
    long after = consumed.addAndGet(bytes);
    long before = after - bytes;
    if (before < askedFor || after / stepBytes != before / stepBytes) {
      credit(after);
    }
  }

  /** Whether it is the way back to that edge. */
  abstract boolean leadsTo(String edge);

  abstract void credit(long consumedBytes);

  abstract void congested(long socket, boolean isCongested);
}
