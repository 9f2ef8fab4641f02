package relay.http.socket;

import java.time.Duration;

/**
 * A socket's patience with its room, whose answers may get lost: it asks for its slot again at a
 * steady interval, until it gives up.
 */
public record Asking(int times, long askAt, long giveUpAt) {
  /** Time between two questions that nobody has answered. */
  public static final long AGAIN_MILLIS = 5_000;

  public static Asking begin(long now, Duration patience) {
    return new Asking(1, now + AGAIN_MILLIS, now + patience.toMillis());
  }

  /** A question that has to wait until then before it is asked at all. */
  public static Asking notBefore(long time, Duration patience) {
    return new Asking(0, time, time + patience.toMillis());
  }

  public Asking again(long now) {
    return new Asking(times + 1, now + AGAIN_MILLIS, giveUpAt);
  }

  public boolean isAsked() {
    return times > 0;
  }

  public boolean isAskedOnce() {
    return times == 1;
  }

  public boolean isDue(long now) {
    return now >= askAt;
  }

  public boolean isOver(long now) {
    return now >= giveUpAt;
  }

  public long nextDue() {
    return Math.min(askAt, giveUpAt);
  }
}
