package relay.http.testing.termonmac;

import java.time.Duration;

/** How long a client waits before it dials again: twice as long each time (TermOnMac 9.1). */
final class Backoff {
  static final Duration FIRST = Duration.ofMillis(500);
  private static final Duration LAST = Duration.ofSeconds(8);

  private Duration next = FIRST;

  Duration take() {
    Duration taken = next;
    Duration doubled = taken.multipliedBy(2);
    next = doubled.compareTo(LAST) < 0 ? doubled : LAST;
    return taken;
  }

  void reset() {
    next = FIRST;
  }
}
