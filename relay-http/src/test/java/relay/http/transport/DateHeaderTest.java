package relay.http.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class DateHeaderTest {
  @Test
  void theDateFollowsTheClockFromSecondToSecond() {
    AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-01T09:08:07.999Z"));
    Clock clock = ((InstantSource) now::get).withZone(ZoneOffset.ofHours(5));
    DateHeader date = new DateHeader(clock);

    assertThat(date.now()).isEqualTo("Sun, 01 Nov 2026 09:08:07 GMT");
    now.set(Instant.parse("2026-11-01T09:08:08Z"));
    assertThat(date.now()).isEqualTo("Sun, 01 Nov 2026 09:08:08 GMT");
  }
}
