package relay.http.socket.pyrycode;

/**
 * Lets through so many warnings of one socket a second, so that a peer that does everything wrong
 * cannot fill the log. The Go relay has no such bound (pyrycode 3.4); it is the same line either
 * way.
 */
final class LogPace {
  private static final int LINES_PER_SECOND = 10;
  private static final long SECOND = 1_000;

  private long secondBegan = Long.MIN_VALUE;
  private int lines;

  /** Whether another line may be written; times are monotonic milliseconds. */
  boolean allows(long now) {
    if (secondBegan == Long.MIN_VALUE || now - secondBegan >= SECOND) {
      secondBegan = now;
      lines = 0;
    }
    lines = Math.min(lines + 1, LINES_PER_SECOND + 1);
    return lines <= LINES_PER_SECOND;
  }
}
