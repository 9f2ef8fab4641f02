package relay.http.testing.termonmac;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.PriorityQueue;

/** A peer's clock: it stands still until a test moves it, and then does what is due in order. */
final class PeerTime {
  /** Something to be done later. */
  static final class Timer {
    private final Instant due;
    private final long number;
    private final Runnable action;
    private boolean isCancelled;

    private Timer(Instant due, long number, Runnable action) {
      this.due = due;
      this.number = number;
      this.action = action;
    }

    void cancel() {
      isCancelled = true;
    }
  }

  private final PriorityQueue<Timer> timers =
      new PriorityQueue<>(
          Comparator.comparing((Timer timer) -> timer.due).thenComparing(timer -> timer.number));
  private Instant now;
  private long made;

  PeerTime(Instant now) {
    this.now = now;
  }

  Instant now() {
    return now;
  }

  Timer after(Duration delay, Runnable action) {
    Timer timer = new Timer(now.plus(delay), made++, action);
    timers.add(timer);
    return timer;
  }

  void pass(Duration time) {
    Instant end = now.plus(time);
    for (Timer next = timers.peek(); next != null && !next.due.isAfter(end); next = timers.peek()) {
      timers.remove(next);
      now = next.due;
      if (!next.isCancelled) {
        next.action.run();
      }
    }
    now = end;
  }

  /** How long until that timer runs; empty if it has, or never will. */
  Optional<Duration> until(Timer timer) {
    return timers.contains(timer) && !timer.isCancelled
        ? Optional.of(Duration.between(now, timer.due))
        : Optional.empty();
  }
}
