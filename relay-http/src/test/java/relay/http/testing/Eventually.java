package relay.http.testing;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Asks again until the answer is right, and shows the last wrong one. */
public final class Eventually {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration PAUSE = Duration.ofMillis(20);

  private Eventually() {}

  public static void eventually(Runnable assertion) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      try {
        assertion.run();
        return;
      } catch (AssertionError wrong) {
        if (System.nanoTime() - deadline > 0) {
          throw wrong;
        }
        LockSupport.parkNanos(PAUSE.toNanos());
      }
    }
  }
}
