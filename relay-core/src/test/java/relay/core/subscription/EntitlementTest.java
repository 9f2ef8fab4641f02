package relay.core.subscription;

import static org.assertj.core.api.Assertions.assertThat;
import static relay.core.subscription.SubscriptionScene.START;
import static relay.core.subscription.SubscriptionScene.notification;
import static relay.core.subscription.SubscriptionScene.transaction;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Which tier an account has (TermOnMac 5.2, 5.4). */
class EntitlementTest {
  private static final Instant SOON = START.plus(Duration.ofDays(30));

  private final SubscriptionScene scene = new SubscriptionScene();

  @Test
  void anAccountBeginsFree() {
    assertThat(scene.subscription().entitlementAt(START)).isEqualTo(Entitlement.FREE);
  }

  @Test
  void aGrantWithoutEndDoesNotExpire() {
    scene.isGranted(Tier.PREMIUM, null);
    scene.passes(Duration.ofDays(10_000));

    assertThat(scene.tier()).isEqualTo(Tier.PREMIUM);
  }

  @Test
  void aGrantIsOverTheMomentItExpires() {
    scene.isGranted(Tier.PRO, SOON);
    scene.passes(Duration.ofDays(30).minusMillis(1));
    assertThat(scene.tier()).isEqualTo(Tier.PRO);

    scene.passes(Duration.ofMillis(1));
    assertThat(scene.tier()).isEqualTo(Tier.FREE);
  }

  @Test
  void aGrantThatExpiredBeforeItWasGivenIsKeptAndGrantsNothing() {
    scene.isGranted(Tier.PRO, START.minusSeconds(1));

    assertThat(scene.last()).hasSize(1);
    assertThat(scene.subscription().entitlementAt(START)).isEqualTo(Entitlement.FREE);
  }

  @Test
  void theSameGrantTwiceIsOne() {
    scene.isGranted(Tier.PRO, SOON);
    scene.isGranted(Tier.PRO, SOON);

    assertThat(scene.last()).isEmpty();
  }

  @Test
  void theBetterOfWhatIsGrantedAndBoughtCounts() {
    scene.isShown(transaction("pro.month", "1", SOON));
    assertThat(scene.subscription().entitlementAt(START))
        .isEqualTo(new Entitlement(Tier.PRO, SOON, "pro.month"));

    scene.isGranted(Tier.PREMIUM, START.plusSeconds(60));
    assertThat(scene.tier()).isEqualTo(Tier.PREMIUM);

    scene.passes(Duration.ofSeconds(60));
    assertThat(scene.tier()).isEqualTo(Tier.PRO);
  }

  @Test
  void takingBackAGrantLeavesWhatWasBought() {
    scene.isShown(transaction("pro.month", "1", SOON));
    scene.isGranted(Tier.PREMIUM, null);
    scene.isGranted(Tier.FREE, null);

    assertThat(scene.tier()).isEqualTo(Tier.PRO);
  }

  @Test
  void aPurchaseThatEndsLeavesWhatWasGranted() {
    scene.isGranted(Tier.PRO, null);
    scene.isShown(transaction("premium.month", "1", SOON));
    scene.hears(notification("EXPIRED", 9, transaction("premium.month", "1", SOON)));

    assertThat(scene.tier()).isEqualTo(Tier.PRO);
  }

  @Test
  void ofOneTierWhatLastsLongerCounts() {
    scene.isShown(transaction("pro.month", "1", SOON));
    scene.isGranted(Tier.PRO, null);

    assertThat(scene.subscription().entitlementAt(START))
        .isEqualTo(new Entitlement(Tier.PRO, null, null));
  }

  @Test
  void whatIsBoughtOnceDoesNotExpire() {
    scene.isShown(new StoreTransaction("pro.month", "1", "s", null, null, START));
    scene.passes(Duration.ofDays(10_000));

    assertThat(scene.tier()).isEqualTo(Tier.PRO);
  }
}
