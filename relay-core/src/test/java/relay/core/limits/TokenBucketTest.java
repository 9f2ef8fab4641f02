package relay.core.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class TokenBucketTest {
  private static final Duration INTERVAL = Duration.ofSeconds(6);
  private static final BucketSize SIZE = new BucketSize(20, INTERVAL);
  private static final long START = Long.MAX_VALUE - Duration.ofSeconds(60).toNanos();

  private long now = START;
  private TokenBucket bucket = TokenBucket.full(SIZE, START);

  @Test
  void burstThenDeny() {
    for (int i = 0; i < 20; i++) {
      assertThat(take()).isEqualTo(new LimitDecision.Allowed());
    }
    assertThat(take()).isEqualTo(new LimitDecision.Denied(INTERVAL));
    assertThat(bucket.tokens()).isZero();
  }

  @Test
  void refillAfterAdvance() {
    drain();
    now += INTERVAL.toNanos() - 1;
    assertThat(take()).isEqualTo(new LimitDecision.Denied(Duration.ofNanos(1)));
    now += 1;
    assertThat(take().isAllowed()).isTrue();
    assertThat(take().isAllowed()).isFalse();
  }

  @Test
  void fractionalRefillPreserved() {
    drain();
    now += INTERVAL.toNanos() * 5 / 2;
    assertThat(take().isAllowed()).isTrue();
    assertThat(take().isAllowed()).isTrue();
    assertThat(take()).isEqualTo(new LimitDecision.Denied(INTERVAL.dividedBy(2)));
    now += INTERVAL.toNanos() / 2;
    assertThat(take().isAllowed()).isTrue();
  }

  @Test
  void aDenialCostsNoTime() {
    drain();
    for (int i = 0; i < 6; i++) {
      now += INTERVAL.toNanos() / 6;
      assertThat(take().isAllowed()).isEqualTo(i == 5);
    }
  }

  @Test
  void aBucketNeverHoldsMoreThanItsCapacity() {
    now += INTERVAL.toNanos() * 1_000_000;
    drain();
    assertThat(take().isAllowed()).isFalse();
  }

  @Test
  void aClockThatStepsBackTakesNothingAway() {
    now -= INTERVAL.toNanos();
    drain();
    assertThat(take().isAllowed()).isFalse();
  }

  @Test
  void sizesMakeSense() {
    assertThatIllegalArgumentException().isThrownBy(() -> new BucketSize(0, INTERVAL));
    assertThatIllegalArgumentException().isThrownBy(() -> new BucketSize(1, Duration.ZERO));
  }

  private void drain() {
    for (int i = 0; i < 20; i++) {
      assertThat(take().isAllowed()).isTrue();
    }
  }

  private LimitDecision take() {
    TokenBucket.Taken taken = bucket.take(now);
    bucket = taken.bucket();
    return taken.decision();
  }
}
