package relay.http.socket.pyrycode;

import java.time.Duration;

/**
 * A socket's patience with its room, whose answers may get lost: it asks for its slot again at a
 * steady interval, until it gives up.
 */
record Asking(int times, long askAt, long giveUpAt) {
  /** Time between two questions that nobody has answered. */
  static final long AGAIN_MILLIS = 5_000;

  static Asking begin(long now, Duration patience) {
    return new Asking(1, now + AGAIN_MILLIS, now + patience.toMillis());
  }

  Asking again(long now) {
    return new Asking(times + 1, now + AGAIN_MILLIS, giveUpAt);
  }

  boolean isAskedOnce() {
    return times == 1;
  }

  boolean isDue(long now) {
    return now >= askAt;
  }

  boolean isOver(long now) {
    return now >= giveUpAt;
  }

  long nextDue() {
    return Math.min(askAt, giveUpAt);
  }
}
