package relay.core.limits;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class KeyedLimiterTest {
  private static final int CAPACITY = 20;
  private static final Duration INTERVAL = Duration.ofSeconds(6);
  private static final Duration IDLE = INTERVAL.multipliedBy(CAPACITY);
  private static final int MAX_KEYS = 3;

  private final AtomicLong now = new AtomicLong();
  private final KeyedLimiter limiter =
      new KeyedLimiter(new BucketSize(CAPACITY, INTERVAL), MAX_KEYS, now::get);

  @Test
  void burstThenDeny() {
    drain("203.0.113.1");
    assertThat(allows("203.0.113.1")).isFalse();
  }

  @Test
  void refillAfterAdvance() {
    drain("203.0.113.1");
    pass(INTERVAL);
    assertThat(allows("203.0.113.1")).isTrue();
    assertThat(allows("203.0.113.1")).isFalse();
  }

  @Test
  void perIpIsolation() {
    drain("203.0.113.1");
    assertThat(allows("203.0.113.2")).isTrue();
    assertThat(allows("203.0.113.1")).isFalse();
  }

  @Test
  void evictionDropsIdleBucket() {
    drain("203.0.113.1");
    pass(IDLE);
    assertThat(allows("203.0.113.2")).isTrue();
    assertThat(limiter.keys()).isEqualTo(1);
  }

  @Test
  void evictionPreservesActiveBucket() {
    drain("203.0.113.1");
    for (int i = 0; i < 3 * CAPACITY; i++) {
      pass(INTERVAL.dividedBy(2));
      boolean refilled = i % 2 == 1;
      assertThat(allows("203.0.113.1")).isEqualTo(refilled);
    }
    assertThat(limiter.keys()).isEqualTo(1);
  }

  @Test
  void evictionSparesABucketJustShortOfIdle() {
    allows("203.0.113.1");
    pass(IDLE.minusNanos(1));
    allows("203.0.113.2");
    assertThat(limiter.keys()).isEqualTo(2);
  }

  @Test
  void atTheBoundOnKeysTheLongestUnusedGoes() {
    drain("203.0.113.1");
    drain("203.0.113.2");
    drain("203.0.113.3");
    assertThat(allows("203.0.113.1")).isFalse();
    assertThat(allows("203.0.113.4")).isTrue();
    assertThat(limiter.keys()).isEqualTo(MAX_KEYS);
    assertThat(allows("203.0.113.1")).isFalse();
    assertThat(allows("203.0.113.3")).isFalse();
    assertThat(allows("203.0.113.2")).isTrue();
  }

  @Test
  void raceFreedom() {
    AtomicInteger allowed = new AtomicInteger();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int thread = 0; thread < 32; thread++) {
        int key = thread % 2;
        threads.execute(
            () -> {
              for (int i = 0; i < 200; i++) {
                allowed.addAndGet(allows("203.0.113." + key) ? 1 : 0);
              }
            });
      }
    }
    assertThat(allowed).hasValue(2 * CAPACITY);
  }

  private void drain(String key) {
    for (int i = 0; i < CAPACITY; i++) {
      assertThat(allows(key)).isTrue();
    }
  }

  private boolean allows(String key) {
    return limiter.take(key).isAllowed();
  }

  private void pass(Duration time) {
    now.addAndGet(time.toNanos());
  }
}
