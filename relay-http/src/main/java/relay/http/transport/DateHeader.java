package relay.http.transport;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The {@code Date} of responses (RFC 9110 6.6.1), rendered once a second. */
final class DateHeader {
  private static final DateTimeFormatter IMF_FIXDATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US)
          .withZone(ZoneOffset.UTC);

  private record Rendered(long second, String text) {}

  private final Clock clock;
  // Shared by all loops; two of them may render the same second, which is harmless.
  private volatile Rendered last;

  DateHeader(Clock clock) {
    this.clock = clock;
    this.last = render(clock.instant());
  }

  String now() {
    Instant now = clock.instant();
    Rendered known = last;
    if (known.second != now.getEpochSecond()) {
      known = render(now);
      last = known;
    }
    return known.text;
  }

  private static Rendered render(Instant now) {
    return new Rendered(now.getEpochSecond(), IMF_FIXDATE.format(now));
  }
}
