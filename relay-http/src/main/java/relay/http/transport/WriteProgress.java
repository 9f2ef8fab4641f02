package relay.http.transport;

import io.netty.channel.Channel;

/** Notices whether the network takes bytes of a write that is under way. */
final class WriteProgress {
  private long since;
  private long pending;
  private long taken;

  /** A write has begun. */
  void begin(Channel channel, long now) {
    since = now;
    moved(channel);
  }

  /** Since when no byte has moved. */
  long stalledSince(Channel channel, long now) {
    if (moved(channel)) {
      since = now;
    }
    return since;
  }

  private boolean moved(Channel channel) {
    var queue = channel.unsafe().outboundBuffer();
    long nowPending = queue == null ? 0 : queue.totalPendingWriteBytes();
    long nowTaken = queue == null ? 0 : queue.currentProgress();
    boolean hasMoved = nowPending != pending || nowTaken != taken;
    pending = nowPending;
    taken = nowTaken;
    return hasMoved;
  }
}
