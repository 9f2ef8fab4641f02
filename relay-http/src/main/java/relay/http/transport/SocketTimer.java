package relay.http.transport;

/**
 * The deadlines of one socket behind one timer.
 *
 * <p>A deadline that moves away leaves the timer where it is; it looks again when it expires.
 */
final class SocketTimer extends TimerNode {
  static final long NEVER = Long.MAX_VALUE;

  private final LoopTimers timers;
  private final WebSocketConnection connection;
  private boolean isOver;

  long wake = NEVER;
  long write = NEVER;
  long message = NEVER;
  long close = NEVER;

  SocketTimer(LoopTimers timers, WebSocketConnection connection) {
    this.timers = timers;
    this.connection = connection;
  }

  long now() {
    return timers.now();
  }

  /** To be called after a deadline was set. */
  void changed() {
    long first = Math.min(Math.min(wake, write), Math.min(message, close));
    if (!isOver && first != NEVER && (!isWaiting() || first < deadline)) {
      timers.schedule(this, first);
    }
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
      connection.checkWrite(nowMillis);
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
}
