package relay.core.room.entity;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Spreads the writes of detachments over time, for all rooms of a node together: however many
 * sockets close at once, the journal is asked no more often than this. Safe for use by many
 * threads.
 */
public final class WritePacer {
  private static final long MICROS_PER_SECOND = 1_000_000;

  private final long intervalMicros;
  private final long minDelayMicros;
  private final AtomicLong latest = new AtomicLong();

  /**
   * @param minDelay how long a detachment may wait for another event to share its write
   */
  public WritePacer(int writesPerSecond, Duration minDelay) {
    if (writesPerSecond < 1 || writesPerSecond > MICROS_PER_SECOND) {
      throw new IllegalArgumentException(
          writesPerSecond + " writes a second: there must be 1 to " + MICROS_PER_SECOND);
    }
    intervalMicros = MICROS_PER_SECOND / writesPerSecond;
    minDelayMicros = minDelay.toNanos() / 1000;
  }

  /** Takes the next free place for a write and says how far away it is. */
  public Duration reserve(Instant now) {
    long micros = ChronoUnit.MICROS.between(Instant.EPOCH, now);
    long place =
        latest.accumulateAndGet(
            micros + minDelayMicros, (last, earliest) -> Math.max(earliest, last + intervalMicros));
    return Duration.of(place - micros, ChronoUnit.MICROS);
  }
}
