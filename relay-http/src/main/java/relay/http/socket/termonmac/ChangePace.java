package relay.http.socket.termonmac;

/**
 * How often a client that has its seat may say anew who it is, since its room may have to write
 * that down each time: a few times at once, then once a second (TermOnMac 8). Times are monotonic
 * milliseconds.
 */
final class ChangePace {
  /** A Mac changes its secret once for each phone that pairs (TermOnMac 3.2). */
  static final int BURST = 10;

  static final long INTERVAL_MILLIS = 1_000;

  private long takenUntil = Long.MIN_VALUE;

  /** When the room may be told of a change that the client asks for now: at once, or later. */
  long next(long now) {
    takenUntil = Math.max(takenUntil, now) + INTERVAL_MILLIS;
    return Math.max(now, takenUntil - BURST * INTERVAL_MILLIS);
  }
}
