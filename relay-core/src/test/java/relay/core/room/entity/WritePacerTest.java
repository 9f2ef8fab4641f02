package relay.core.room.entity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class WritePacerTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  private final WritePacer pacer = new WritePacer(500, Duration.ofSeconds(2));

  @Test
  void aWriteMayWaitForCompany() {
    assertThat(pacer.reserve(NOW)).isEqualTo(Duration.ofSeconds(2));
  }

  @Test
  void aBurstIsSpread() {
    Duration last = Duration.ZERO;
    for (int i = 0; i < 2001; i++) {
      last = pacer.reserve(NOW);
    }

    assertThat(last).isEqualTo(Duration.ofSeconds(6));
  }

  @Test
  void aBurstIsForgottenWhenItIsOver() {
    for (int i = 0; i < 2000; i++) {
      Duration ignored = pacer.reserve(NOW);
      assertThat(ignored).isPositive();
    }

    assertThat(pacer.reserve(NOW.plusSeconds(60))).isEqualTo(Duration.ofSeconds(2));
  }

  @Test
  void aRateMustBePossible() {
    assertThatThrownBy(() -> new WritePacer(0, Duration.ZERO)).hasMessageContaining("0 writes");
  }
}
