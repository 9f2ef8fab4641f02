package relay.http.throttle;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import relay.core.limits.BucketSize;
import relay.http.access.IpAddress;

class UpgradeThrottleTest {
  private final UpgradeThrottle throttle =
      UpgradeThrottle.of(new BucketSize(2, Duration.ofSeconds(6)), () -> 0);

  private static Optional<IpAddress> address(String text) {
    return IpAddress.parse(text);
  }

  @Test
  void everyAddressHasItsOwnBucket() {
    assertThat(throttle.allows(address("192.0.2.1"))).isTrue();
    assertThat(throttle.allows(address("192.0.2.1"))).isTrue();
    assertThat(throttle.allows(address("192.0.2.1"))).isFalse();
    assertThat(throttle.allows(address("192.0.2.2"))).isTrue();
  }

  @Test
  void oneAddressSpelledTwoWaysHasOneBucket() {
    assertThat(throttle.allows(address("2001:db8::1"))).isTrue();
    assertThat(throttle.allows(address("2001:DB8:0::0:1"))).isTrue();
    assertThat(throttle.allows(address("2001:db8:0:0:0:0:0:1"))).isFalse();
  }

  @Test
  void whoeverHasNoAddressIsDenied() {
    assertThat(throttle.allows(Optional.empty())).isFalse();
  }

  @Test
  void offAllowsEverybody() {
    for (int i = 0; i < 100; i++) {
      assertThat(UpgradeThrottle.off().allows(address("192.0.2.1"))).isTrue();
      assertThat(UpgradeThrottle.off().allows(Optional.empty())).isTrue();
    }
  }
}
