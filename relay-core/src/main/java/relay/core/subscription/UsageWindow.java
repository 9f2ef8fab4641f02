package relay.core.subscription;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * What an account has spent in one window beside its bonus. Windows are aligned to the epoch, so
 * all accounts share them (TermOnMac 6.2).
 *
 * @param number of the window since the epoch
 * @param updatedAt when the last credit was spent, or the window's begin where none was
 */
public record UsageWindow(long number, Credits spent, Instant updatedAt) {
  public static final Duration LENGTH = Duration.ofHours(5);

  private static final DateTimeFormatter BEGIN =
      DateTimeFormatter.ofPattern("MMM d, HH:mm", Locale.ENGLISH).withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter END =
      DateTimeFormatter.ofPattern("HH:mm", Locale.ENGLISH).withZone(ZoneOffset.UTC);

  public static long numberAt(Instant now) {
    return Math.floorDiv(now.toEpochMilli(), LENGTH.toMillis());
  }

  static UsageWindow unused(long number) {
    return new UsageWindow(number, Credits.NONE, begin(number));
  }

  /** How messages name it, such as {@code 5h-98568}. */
  public String period() {
    return "5h-" + number;
  }

  /** How people read it, such as {@code Mar 8, 10:00 – 15:00 UTC}. */
  public String label() {
    return BEGIN.format(begin(number)) + " – " + END.format(endsAt()) + " UTC";
  }

  public Instant endsAt() {
    return begin(number + 1);
  }

  UsageWindow plus(Credits credits, Instant now) {
    return new UsageWindow(number, spent.plus(credits), now);
  }

  private static Instant begin(long number) {
    return Instant.ofEpochMilli(number * LENGTH.toMillis());
  }
}
