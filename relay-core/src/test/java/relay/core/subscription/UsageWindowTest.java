package relay.core.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Windows of five hours, aligned to the epoch (TermOnMac 6.2). */
class UsageWindowTest {
  private static final Instant BEGIN = Instant.parse("2026-03-23T00:00:00Z");

  @Test
  void windowsAreNumberedFromTheEpoch() {
    assertThat(UsageWindow.numberAt(Instant.EPOCH)).isZero();
    assertThat(UsageWindow.numberAt(BEGIN)).isEqualTo(98_568);
    assertThat(UsageWindow.numberAt(BEGIN.minusMillis(1))).isEqualTo(98_567);
    assertThat(UsageWindow.numberAt(Instant.parse("2026-03-23T04:59:59.999Z"))).isEqualTo(98_568);
  }

  @Test
  void aWindowEndsWhereTheNextBegins() {
    UsageWindow window = UsageWindow.unused(98_568);

    assertThat(window.period()).isEqualTo("5h-98568");
    assertThat(window.endsAt()).isEqualTo("2026-03-23T05:00:00Z");
    assertThat(window.updatedAt()).isEqualTo(BEGIN);
  }

  @Test
  void peopleReadItsBeginAndEndInUtc() {
    assertThat(UsageWindow.unused(UsageWindow.numberAt(Instant.parse("2026-03-08T12:00:00Z"))))
        .extracting(UsageWindow::label)
        .isEqualTo("Mar 8, 10:00 – 15:00 UTC");
  }
}
