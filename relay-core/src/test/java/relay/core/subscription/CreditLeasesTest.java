package relay.core.subscription;

import static org.assertj.core.api.Assertions.assertThat;
import static relay.core.subscription.SubscriptionScene.START;
import static relay.core.subscription.SubscriptionScene.meter;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How much sockets may spend before they report. */
class CreditLeasesTest {
  private static final int MAX = 100;
  private static final SubscriptionPolicy.LeaseTerms TERMS =
      new SubscriptionPolicy.LeaseTerms(MAX, Duration.ofSeconds(30));

  private static Balance left(long credits) {
    UsageWindow window = UsageWindow.unused(0).plus(new Credits(1_000 - credits, 0), START);
    return new Balance(window, 1_000, null);
  }

  private static CreditLeases given(long... credits) {
    CreditLeases leases = CreditLeases.NONE;
    for (int i = 0; i < credits.length; i++) {
      leases = leases.with(meter(i), credits[i], START);
    }
    return leases;
  }

  @Test
  void aSocketGetsWhatItWantsUpToALease() {
    assertThat(CreditLeases.NONE.offer(meter(9), 30, left(1_000), MAX)).isEqualTo(30);
    assertThat(CreditLeases.NONE.offer(meter(9), 500, left(1_000), MAX)).isEqualTo(MAX);
    assertThat(CreditLeases.NONE.offer(meter(9), 0, left(1_000), MAX)).isZero();
  }

  @Test
  void nearTheLimitLeasesShrink() {
    assertThat(CreditLeases.NONE.offer(meter(9), MAX, left(80), MAX)).isEqualTo(40);
    assertThat(given(20, 20).offer(meter(9), MAX, left(100), MAX)).isEqualTo(10);
  }

  @Test
  void aSocketsOwnLeaseDoesNotStandInItsWay() {
    assertThat(given(80).offer(meter(0), MAX, left(80), MAX)).isEqualTo(40);
  }

  @Test
  void whileAnythingIsLeftNobodyWaitsForWhatOthersHold() {
    assertThat(given(50, 50).offer(meter(9), MAX, left(1), MAX)).isEqualTo(1);
  }

  @Test
  void whereNothingIsLeftNothingIsOffered() {
    assertThat(CreditLeases.NONE.offer(meter(9), MAX, left(0), MAX)).isZero();
    assertThat(CreditLeases.NONE.offer(meter(9), MAX, left(-5), MAX)).isZero();
  }

  @Test
  void withoutLimitALeaseIsAsLongAsItMayBe() {
    Balance unlimited = new Balance(UsageWindow.unused(0), 0, null);

    assertThat(given(50, 50).offer(meter(9), MAX, unlimited, MAX)).isEqualTo(MAX);
    assertThat(given(50, 50).offer(meter(9), Long.MAX_VALUE, unlimited, MAX)).isEqualTo(1_000_000);
  }

  @Test
  void whoHasPlentyLeftMayLeaseAHundredthOfIt() {
    Balance plenty = new Balance(UsageWindow.unused(0), 50_000, null);

    assertThat(CreditLeases.NONE.offer(meter(9), Long.MAX_VALUE, plenty, MAX)).isEqualTo(500);
    assertThat(given(1_000).offer(meter(9), Long.MAX_VALUE, plenty, MAX)).isEqualTo(490);
  }

  @Test
  void aNewLeaseReplacesTheOldOne() {
    CreditLeases leases = given(50).with(meter(0), 20, START);

    assertThat(leases.all()).isEqualTo(List.of(new CreditLeases.Lease(meter(0), 20, START)));
    assertThat(leases.with(meter(0), 0, START)).isEqualTo(CreditLeases.NONE);
  }

  @Test
  void theLeaseOfASocketThatReportsNothingIsGivenBack() {
    CreditLeases leases = given(50).with(meter(1), 10, START.plusSeconds(1));

    assertThat(leases.at(START.plusSeconds(30), TERMS).all())
        .extracting(CreditLeases.Lease::meter)
        .containsExactly(meter(1));
  }

  @Test
  void soManySocketsHaveLeasesAndNoMore() {
    CreditLeases leases = given(new long[Usage.MAX_METERS]);
    for (int socket = 0; socket < Usage.MAX_METERS; socket++) {
      leases = leases.with(meter(socket), 1, START);
    }

    assertThat(leases.hasPlaceFor(meter(0))).isTrue();
    assertThat(leases.hasPlaceFor(meter(-1))).isFalse();
  }
}
