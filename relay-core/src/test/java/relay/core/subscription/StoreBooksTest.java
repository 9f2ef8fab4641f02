package relay.core.subscription;

import static org.assertj.core.api.Assertions.assertThat;
import static relay.core.subscription.SubscriptionScene.START;
import static relay.core.subscription.SubscriptionScene.notification;
import static relay.core.subscription.SubscriptionScene.transaction;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the App Store says of an account (TermOnMac 5.3). */
class StoreBooksTest {
  private static final Instant MONTH = START.plus(Duration.ofDays(30));
  private static final Instant NEXT_MONTH = START.plus(Duration.ofDays(60));
  private static final StoreTransaction FIRST = transaction("pro.month", "1", MONTH);
  private static final StoreTransaction SECOND = transaction("pro.month", "2", NEXT_MONTH);

  private final SubscriptionScene scene = new SubscriptionScene();

  private static StoreNotification withSubtype(
      StoreNotification said, String subtype, Instant graceUntil) {
    return new StoreNotification(
        said.uuid(), said.type(), subtype, said.signedAt(), said.transaction(), graceUntil);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SUBSCRIBED",
        "DID_RENEW",
        "OFFER_REDEEMED",
        "REFUND_REVERSED",
        "RENEWAL_EXTENDED",
        "ONE_TIME_CHARGE"
      })
  void whatIsPaidForIsHad(String type) {
    assertThat(scene.hears(notification(type, 1, FIRST))).isEqualTo(StoreOutcome.APPLIED);

    assertThat(scene.subscription().entitlementAt(START))
        .isEqualTo(new Entitlement(Tier.PRO, MONTH, "pro.month"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"EXPIRED", "GRACE_PERIOD_EXPIRED", "REVOKE", "REFUND"})
  void whatIsOverIsNotHadAnyMore(String type) {
    scene.hears(notification("SUBSCRIBED", 1, FIRST));

    assertThat(scene.hears(notification(type, 2, FIRST))).isEqualTo(StoreOutcome.APPLIED);
    assertThat(scene.tier()).isEqualTo(Tier.FREE);
  }

  @ParameterizedTest
  @CsvSource({
    "DID_CHANGE_RENEWAL_PREF, DOWNGRADE",
    "DID_CHANGE_RENEWAL_PREF,",
    "DID_CHANGE_RENEWAL_STATUS, AUTO_RENEW_DISABLED",
    "DID_FAIL_TO_RENEW,",
    "CONSUMPTION_REQUEST,",
    "PRICE_INCREASE, PENDING",
    "REFUND_DECLINED,",
    "SOMETHING_NEW, WHATEVER"
  })
  void theRestIsAcknowledged(String type, String subtype) {
    scene.hears(notification("SUBSCRIBED", 1, FIRST));

    assertThat(scene.hears(withSubtype(notification(type, 2, SECOND), subtype, MONTH)))
        .isEqualTo(StoreOutcome.ACKNOWLEDGED);
    assertThat(scene.subscription().entitlementAt(START).expiresAt()).isEqualTo(MONTH);
  }

  @Test
  void anUpgradeCountsAtOnce() {
    scene.hears(notification("SUBSCRIBED", 1, FIRST));
    scene.hears(
        withSubtype(
            notification("DID_CHANGE_RENEWAL_PREF", 2, transaction("premium.month", "2", MONTH)),
            "UPGRADE",
            MONTH));

    assertThat(scene.tier()).isEqualTo(Tier.PREMIUM);
  }

  @Test
  void whatIsPaidForLastsAsLongAsItWasPaidFor() {
    scene.hears(notification("SUBSCRIBED", 1, FIRST));
    scene.passes(Duration.ofDays(30));

    assertThat(scene.tier()).isEqualTo(Tier.FREE);
  }

  @Test
  void inTheGraceOfARenewalItIsStillHad() {
    Instant graceUntil = MONTH.plus(Duration.ofDays(16));
    scene.hears(notification("SUBSCRIBED", 1, FIRST));
    scene.hears(
        withSubtype(notification("DID_FAIL_TO_RENEW", 2, FIRST), "GRACE_PERIOD", graceUntil));
    scene.isShown(FIRST.saidAt(START.plusSeconds(3)));
    scene.passes(Duration.ofDays(45));
    assertThat(scene.tier()).as("the phone's copy knows no grace").isEqualTo(Tier.PRO);

    scene.hears(notification("GRACE_PERIOD_EXPIRED", 4, FIRST));
    assertThat(scene.tier()).isEqualTo(Tier.FREE);
  }

  @Test
  void aNotificationIsHandledOnce() {
    StoreNotification said = notification("SUBSCRIBED", 1, FIRST);
    scene.hears(said);
    scene.passes(StoreBooks.HANDLED_KEPT.minusMillis(1));

    assertThat(scene.hears(said)).isEqualTo(StoreOutcome.DUPLICATE);
    assertThat(scene.last()).isEmpty();
  }

  @Test
  void afterSevenDaysItIsRecognisedByItsAge() {
    StoreNotification said = notification("SUBSCRIBED", 1, FIRST);
    scene.hears(said);
    scene.hears(notification("REFUND", 2, FIRST));
    scene.passes(StoreBooks.HANDLED_KEPT);

    assertThat(scene.hears(said)).isEqualTo(StoreOutcome.STALE);
    assertThat(scene.tier()).isEqualTo(Tier.FREE);
  }

  @Test
  void whatCouldNotBeHandledMayBeSaidAgain() {
    StoreNotification unknown = notification("SUBSCRIBED", 1, transaction("socks", "1", MONTH));

    assertThat(scene.hears(unknown)).isEqualTo(StoreOutcome.UNKNOWN_PRODUCT);
    assertThat(scene.history()).isEmpty();
    assertThat(scene.hears(unknown)).isEqualTo(StoreOutcome.UNKNOWN_PRODUCT);
  }

  @Test
  void anEndThatCameLateChangesNothing() {
    scene.hears(notification("DID_RENEW", 5, SECOND));

    assertThat(scene.hears(notification("EXPIRED", 4, FIRST))).isEqualTo(StoreOutcome.STALE);
    assertThat(scene.tier()).isEqualTo(Tier.PRO);
  }

  @Test
  void aPurchaseThatCameLateIsNotHadAgain() {
    scene.hears(notification("REFUND", 5, FIRST));
    assertThat(scene.hears(notification("SUBSCRIBED", 4, FIRST))).isEqualTo(StoreOutcome.STALE);
    assertThat(scene.isShown(FIRST)).isEqualTo(StoreOutcome.STALE);

    scene.hears(notification("REVOKE", 7, SECOND));
    assertThat(scene.hears(notification("DID_RENEW", 6, SECOND))).isEqualTo(StoreOutcome.STALE);
    assertThat(scene.tier()).isEqualTo(Tier.FREE);
  }

  @Test
  void ofWhatIsSaidAtOnceTheRefundCounts() {
    scene.hears(notification("REFUND", 5, FIRST));

    assertThat(scene.hears(notification("DID_RENEW", 5, FIRST))).isEqualTo(StoreOutcome.STALE);
    assertThat(scene.hears(notification("SUBSCRIBED", 5, SECOND))).isEqualTo(StoreOutcome.APPLIED);
    assertThat(scene.isShown(SECOND.saidAt(START.plusSeconds(5)).revokedBy(START)))
        .isEqualTo(StoreOutcome.APPLIED);
    assertThat(scene.tier()).isEqualTo(Tier.FREE);
  }

  @Test
  void theRefundOfAnEarlierRenewalLeavesTheLatest() {
    scene.hears(notification("REFUND", 5, FIRST));

    assertThat(scene.hears(notification("DID_RENEW", 4, SECOND))).isEqualTo(StoreOutcome.APPLIED);
    assertThat(scene.tier()).isEqualTo(Tier.PRO);
  }

  @Test
  void aRefundThatWasReversedIsHadAgain() {
    scene.hears(notification("SUBSCRIBED", 1, FIRST));
    scene.hears(notification("REFUND", 2, FIRST));
    scene.hears(notification("REFUND_REVERSED", 3, FIRST));

    assertThat(scene.tier()).isEqualTo(Tier.PRO);
  }

  @Test
  void whoSubscribesAgainHasItAgain() {
    scene.hears(notification("SUBSCRIBED", 1, FIRST));
    scene.hears(notification("EXPIRED", 2, FIRST));
    scene.hears(notification("SUBSCRIBED", 3, SECOND));

    assertThat(scene.tier()).isEqualTo(Tier.PRO);
  }

  @Test
  void aPurchaseThatThePhoneShowsAsRevokedGrantsNothing() {
    scene.isShown(FIRST.revokedBy(START));

    assertThat(scene.tier()).isEqualTo(Tier.FREE);
    assertThat(scene.isShown(transaction("socks", "1", MONTH)))
        .isEqualTo(StoreOutcome.UNKNOWN_PRODUCT);
  }

  @Test
  void showingTheSamePurchaseAgainWritesNothing() {
    scene.isShown(FIRST);

    assertThat(scene.isShown(FIRST)).isEqualTo(StoreOutcome.STALE);
    assertThat(scene.last()).isEmpty();
  }

  @Test
  void whatIsKeptIsBounded() {
    for (int i = 1; i <= StoreBooks.MAX_HANDLED + 10; i++) {
      StoreTransaction each =
          new StoreTransaction("pro.month", "t" + i, "s" + i, MONTH.plusSeconds(i), null, START);
      scene.hears(notification("SUBSCRIBED", i, each));
      scene.hears(notification("EXPIRED", i + 1, each));
    }

    StoreBooks store = scene.subscription().store();
    assertThat(store.handled()).hasSize(StoreBooks.MAX_HANDLED);
    assertThat(store.purchases().transactions()).hasSize(Purchases.MAX);
    assertThat(store.purchases().endings()).hasSize(Purchases.MAX);
  }

  @Test
  void aRefundIsForgottenLast() {
    scene.hears(notification("REFUND", 1, FIRST));
    for (int i = 0; i < 2 * Purchases.MAX; i++) {
      scene.isShown(new StoreTransaction("pro.month", "t" + i, "s" + i, NEXT_MONTH, null, START));
    }

    assertThat(scene.hears(notification("SUBSCRIBED", 0, FIRST))).isEqualTo(StoreOutcome.STALE);
    assertThat(List.of(scene.tier())).containsExactly(Tier.PRO);
  }
}
