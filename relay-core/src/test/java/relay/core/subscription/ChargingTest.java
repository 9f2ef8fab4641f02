package relay.core.subscription;

import static org.assertj.core.api.Assertions.assertThat;
import static relay.core.subscription.SubscriptionScene.START;
import static relay.core.subscription.SubscriptionScene.meter;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What use costs, and what it is taken from (TermOnMac 6). */
class ChargingTest {
  private static final Duration ZERO = Duration.ZERO;

  private final SubscriptionScene scene = new SubscriptionScene();

  @Test
  void aFrameCostsOneCreditAndAMinuteTwo() {
    scene.spends(3, Duration.ofMinutes(5));

    assertThat(scene.balance().window().spent()).isEqualTo(new Credits(3, 10));
    assertThat(scene.balance().remaining()).isEqualTo(987);
    assertThat(scene.balance().window().updatedAt()).isEqualTo(START);
  }

  @Test
  void timeThatMakesNoWholeCreditIsCarriedOn() {
    for (int report = 0; report < 4; report++) {
      scene.spends(0, Duration.ofSeconds(20));
    }

    assertThat(scene.balance().window().spent()).isEqualTo(new Credits(0, 2));
    scene.spends(0, Duration.ofSeconds(10));
    assertThat(scene.balance().window().spent()).isEqualTo(new Credits(0, 3));
  }

  @Test
  void aReportThatIsRepeatedCountsOnce() {
    Spending report = new Spending(1, 7, 0, false);
    scene.reports(1, report);
    scene.reports(1, report);
    assertThat(scene.last()).isEmpty();

    scene.reports(1, new Spending(2, 1, 0, true));
    scene.reports(1, new Spending(2, 1, 0, true));
    scene.reports(1, report);
    scene.reports(2, report);

    assertThat(scene.balance().window().spent().total()).isEqualTo(7 + 1 + 7);
  }

  @Test
  void nothingIsWrittenOfAReportWithoutUse() {
    scene.spends(0, ZERO);

    assertThat(scene.last()).isEmpty();
  }

  @Test
  void whatWasRelayedIsChargedBeyondTheLimit() {
    scene.spends(1_003, ZERO);

    assertThat(scene.balance().isExhausted()).isTrue();
    assertThat(scene.balance().remaining()).isZero();
    assertThat(scene.balance().quotaExceeded())
        .isEqualTo(
            new QuotaExceeded(1_003, 1_000, "5h-98568", START.plus(Duration.ofHours(5)), null));
  }

  @Test
  void theLastCreditMayBeSpent() {
    scene.spends(999, ZERO);
    assertThat(scene.balance().isExhausted()).isFalse();

    scene.spends(1, ZERO);
    assertThat(scene.balance().isExhausted()).isTrue();
  }

  @Test
  void theNextWindowBeginsWithAllCredits() {
    scene.spends(1_000, ZERO);
    scene.passes(Duration.ofHours(5));

    assertThat(scene.balance().isExhausted()).isFalse();
    assertThat(scene.balance().remaining()).isEqualTo(1_000);
    assertThat(scene.balance().window().period()).isEqualTo("5h-98569");
  }

  @Test
  void aBetterTierHasMoreCreditsAtOnce() {
    scene.spends(1_000, ZERO);
    scene.isGranted(Tier.PRO, null);

    assertThat(scene.balance().remaining()).isEqualTo(9_000);
  }

  @Test
  void anOperatorsQuotaCountsInPlaceOfTheTiers() {
    scene.isGranted(Tier.PREMIUM, null);
    scene.happens(scene.subscription().setQuota(20, START));
    scene.spends(20, ZERO);
    assertThat(scene.balance().isExhausted()).isTrue();

    scene.happens(scene.subscription().clearQuota(START));
    assertThat(scene.balance().limit()).isEqualTo(50_000);
    assertThat(scene.subscription().clearQuota(START)).isEmpty();
  }

  @Test
  void withoutLimitEverythingIsCountedAndNothingExhausted() {
    scene.isWelcomed();
    scene.happens(scene.subscription().setQuota(0, START));
    scene.spends(1_000_000, ZERO);

    assertThat(scene.balance().isUnlimited()).isTrue();
    assertThat(scene.balance().isExhausted()).isFalse();
    assertThat(scene.balance().window().spent().total()).isEqualTo(1_000_000);
    assertThat(scene.balance().bonus()).isNotNull().extracting("used").isEqualTo(0L);
  }

  @Test
  void historyIsKeptForThirtyDays() {
    scene.spends(1, ZERO);
    scene.passes(Duration.ofDays(29));
    scene.spends(2, ZERO);
    assertThat(scene.subscription().historyAt(scene.now()))
        .extracting(it -> it.spent().total())
        .containsExactly(2L, 1L);

    scene.passes(Duration.ofDays(1));
    assertThat(scene.subscription().historyAt(scene.now())).hasSize(1);
    scene.spends(3, ZERO);
    assertThat(scene.subscription().usage().windows()).hasSize(2);
  }

  @Test
  void windowsAreAtMostThoseOfThirtyDays() {
    for (int window = 0; window < 400; window++) {
      scene.spends(1, ZERO);
      scene.passes(UsageWindow.LENGTH);
    }

    assertThat(scene.subscription().usage().windows()).hasSize(144);
  }

  @Test
  void soManySocketsCountAndNoMore() {
    for (int socket = 0; socket < Usage.MAX_METERS; socket++) {
      scene.reports(socket, new Spending(1, 1, 0, false));
    }
    assertThat(scene.subscription().hasPlaceFor(meter(0), scene.now())).isTrue();
    assertThat(scene.subscription().hasPlaceFor(meter(-1), scene.now())).isFalse();

    scene.reports(5, new Spending(2, 1, 0, true));
    assertThat(scene.subscription().hasPlaceFor(meter(-1), scene.now())).isTrue();
    scene.reports(-1, new Spending(1, 1, 0, false));
    assertThat(scene.subscription().usage().meters())
        .hasSize(Usage.MAX_METERS)
        .extracting(Meter::id)
        .contains(meter(0), meter(-1))
        .doesNotContain(meter(5));
  }

  @Test
  void whoReportsNothingMakesPlaceForOthers() {
    for (int socket = 0; socket < Usage.MAX_METERS; socket++) {
      scene.reports(socket, new Spending(1, 1, 0, false));
    }
    scene.passes(Usage.METER_KEPT);
    scene.reports(3, new Spending(2, 1, 0, false));

    assertThat(scene.subscription().hasPlaceFor(meter(-1), scene.now())).isTrue();
    scene.reports(-1, new Spending(1, 1, 0, false));
    assertThat(scene.subscription().usage().meters())
        .hasSize(Usage.MAX_METERS)
        .extracting(Meter::id)
        .contains(meter(3))
        .doesNotContain(meter(0));
  }
}
