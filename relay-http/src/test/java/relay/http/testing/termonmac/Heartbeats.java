package relay.http.testing.termonmac;

import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;

/** Beats at an interval that may change, and notices when nobody acknowledges (TermOnMac 9.1). */
final class Heartbeats {
  /** What a client does about it. */
  interface Heart {
    void beat();

    void missed();
  }

  private final PeerTime time;
  private final Supplier<Duration> interval;
  private final Duration patience;
  private final Heart heart;
  private Instant lastAck;
  private PeerTime.Timer next;

  Heartbeats(PeerTime time, Supplier<Duration> interval, Duration patience, Heart heart) {
    this.time = time;
    this.interval = interval;
    this.patience = patience;
    this.heart = heart;
    lastAck = time.now();
    next = time.after(interval.get(), this::beat);
  }

  void acknowledged() {
    lastAck = time.now();
  }

  /** The interval may have become shorter. */
  void reschedule() {
    next.cancel();
    next = time.after(interval.get(), this::beat);
  }

  void stop() {
    next.cancel();
  }

  private void beat() {
    if (Duration.between(lastAck, time.now()).compareTo(patience) > 0) {
      heart.missed();
      return;
    }
    heart.beat();
    next = time.after(interval.get(), this::beat);
  }
}
