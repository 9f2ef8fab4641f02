package relay.core.subscription;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static relay.core.subscription.SubscriptionScene.START;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Credits that a new account has beside its tier's (TermOnMac 6.4). */
class WelcomeBonusTest {
  private static final Duration ZERO = Duration.ZERO;

  private final SubscriptionScene scene = new SubscriptionScene();

  private Balance.Bonus bonus() {
    return requireNonNull(scene.balance().bonus());
  }

  @Test
  void itIsSpentFirstAndIsNoUseOfTheWindow() {
    scene.isWelcomed();
    scene.spends(30, Duration.ofMinutes(1));

    assertThat(bonus())
        .isEqualTo(new Balance.Bonus(10_000, 32, START.plus(Duration.ofDays(7)), true));
    assertThat(scene.balance().window().spent()).isEqualTo(Credits.NONE);
    assertThat(scene.subscription().historyAt(START)).isEmpty();
    assertThat(scene.balance().available()).isEqualTo(9_968 + 1_000);
  }

  @Test
  void whatItDoesNotCoverIsTakenFromTheWindow() {
    scene.isWelcomed();
    scene.spends(9_999, ZERO);
    scene.spends(3, Duration.ofMinutes(1));

    assertThat(bonus().isActive()).isFalse();
    assertThat(bonus().used()).isEqualTo(10_000);
    assertThat(scene.balance().window().spent()).isEqualTo(new Credits(2, 2));
  }

  @Test
  void itExpires() {
    scene.isWelcomed();
    scene.passes(Duration.ofDays(7));
    scene.spends(5, ZERO);

    assertThat(bonus().isActive()).isFalse();
    assertThat(bonus().used()).isZero();
    assertThat(scene.balance().window().spent().total()).isEqualTo(5);
    assertThat(scene.balance().available()).isEqualTo(995);
  }

  @Test
  void anAccountIsWelcomedOnce() {
    scene.isWelcomed();
    scene.spends(10_000, ZERO);
    scene.passes(Duration.ofDays(30));
    scene.isWelcomed();

    assertThat(scene.last()).isEmpty();
  }

  @Test
  void whatWasUsedOfAnotherGrantIsNotUsedOfThisOne() {
    scene.isWelcomed();
    scene.spends(10_000, ZERO);
    scene.passes(Duration.ofDays(1));
    WelcomeBonus next = new WelcomeBonus(50, scene.now(), scene.now().plusSeconds(60));
    scene.happens(List.of(new SubscriptionEvent.BonusGranted(next, scene.now())));

    assertThat(bonus().used()).isZero();
    scene.spends(20, ZERO);
    assertThat(bonus().used()).isEqualTo(20);
  }

  @Test
  void theQuotaMessageTellsOfItEvenWhenItIsGone() {
    scene.isWelcomed();
    scene.spends(11_003, ZERO);

    assertThat(scene.balance().quotaExceeded())
        .isEqualTo(
            new QuotaExceeded(
                1_003,
                1_000,
                "5h-98568",
                START.plus(Duration.ofHours(5)),
                new Balance.Bonus(10_000, 10_000, START.plus(Duration.ofDays(7)), false)));
  }

  @Test
  void noneIsGrantedWhereTheOperatorSaysSo() {
    SubscriptionPolicy policy = SubscriptionScene.POLICY;
    SubscriptionScene without =
        new SubscriptionScene(
            new SubscriptionPolicy(
                policy.tiers(),
                policy.products(),
                policy.price(),
                policy.leases(),
                new SubscriptionPolicy.WelcomeOffer(0, Duration.ofDays(7)),
                policy.roomLease()));
    without.isWelcomed();

    assertThat(without.balance().bonus()).isNull();
  }
}
