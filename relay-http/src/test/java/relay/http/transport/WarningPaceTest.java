package relay.http.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class WarningPaceTest {
  private final WarningPace pace = new WarningPace(Duration.ofNanos(100));

  @Test
  void theFirstMayComeAtOnceAndTheNextAfterTheInterval() {
    assertThat(pace.mayWarn(7)).isTrue();
    assertThat(pace.mayWarn(7)).isFalse();
    assertThat(pace.mayWarn(106)).isFalse();
    assertThat(pace.mayWarn(107)).isTrue();
    assertThat(pace.mayWarn(108)).isFalse();
  }
}
