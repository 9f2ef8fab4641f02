package relay.http.transport;

import relay.http.socket.SocketLimits;

/**
 * The deadlines of one socket behind one timer: when its handler wants to be called, and by when a
 * write, a message that has begun, and a close must be done. Times are monotonic milliseconds.
 *
 * <p>A deadline that moves away leaves the timer where it is; it looks again when it expires.
 */
final class SocketTimer extends TimerNode {
  private static final long NEVER = Long.MAX_VALUE;

  private final LoopTimers timers;
  private final WebSocketConnection connection;
  private final SocketOutput output;
  private final SocketLimits limits;
  private boolean isOver;
  private long wake = NEVER;
  private long write = NEVER;
  private long message = NEVER;
  private long close = NEVER;

  SocketTimer(
      LoopTimers timers, WebSocketConnection connection, SocketOutput output, SocketLimits limits) {
    this.timers = timers;
    this.connection = connection;
    this.output = output;
    this.limits = limits;
  }

  void wakeAt(long time) {
    wake = time;
    changed();
  }

  /**
   * The peer is within a message, or not.
   *
   * @param isAnother whether one has ended since this was said last
   */
  void midMessage(boolean isWithin, boolean isAnother) {
    if (!isWithin) {
      message = NEVER;
    } else if (message == NEVER || isAnother) {
      message = timers.now() + limits.messageTimeout().toMillis();
      changed();
    }
  }

  /** The network has not taken everything at once. */
  void writePending() {
    write = timers.now() + limits.writeTimeout().toMillis() / 4;
    changed();
  }

  void closeWithin(long millis) {
    close = timers.now() + millis;
    changed();
  }

  void stop() {
    isOver = true;
    timers.cancel(this);
  }

  @Override
  void expired(long nowMillis) {
    if (close <= nowMillis) {
      close = NEVER;
      connection.ending().disconnect();
    }
    if (write <= nowMillis) {
      write = NEVER;
      checkWrite(nowMillis);
    }
    if (message <= nowMillis) {
      message = NEVER;
      connection.messageOverdue();
    }
    if (wake <= nowMillis) {
      wake = NEVER;
      connection.due(nowMillis);
    }
    changed();
  }

  private void changed() {
    long first = Math.min(Math.min(wake, write), Math.min(message, close));
    if (!isOver && first != NEVER && (!isWaiting() || first < deadline)) {
      timers.schedule(this, first);
    }
  }

  private void checkWrite(long now) {
    if (!output.isWriting()) {
      return;
    }
    long allowed = limits.writeTimeout().toMillis();
    long overdue = output.stalledSince(now) + allowed;
    if (overdue <= now) {
      connection.ending().reset();
    } else {
      write = Math.min(overdue, now + allowed / 4);
    }
  }
}
