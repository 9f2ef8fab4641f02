package relay.persistence.journal;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import relay.core.subscription.BonusUse;
import relay.core.subscription.Credits;
import relay.core.subscription.Ending;
import relay.core.subscription.Entitlement;
import relay.core.subscription.HandledNotification;
import relay.core.subscription.Meter;
import relay.core.subscription.MeterId;
import relay.core.subscription.Purchase;
import relay.core.subscription.Purchases;
import relay.core.subscription.RoomLease;
import relay.core.subscription.RoomLeases;
import relay.core.subscription.StoreBooks;
import relay.core.subscription.Subscription;
import relay.core.subscription.SubscriptionEvent;
import relay.core.subscription.Tier;
import relay.core.subscription.Usage;
import relay.core.subscription.UsageWindow;
import relay.core.subscription.WelcomeBonus;

/** Golden files of subscriptions, without their ending, and what they mean. */
final class SubscriptionGoldens {
  private static final Instant AT = Instant.parse("2026-11-21T08:30:00.123456789Z");
  private static final Instant LATER = Instant.parse("2026-12-21T08:30:00Z");
  private static final Meter METER =
      new Meter(
          new MeterId("pekko://relay@10.0.0.7:7355/user/edge#-1385022", 9_007_199_254_740_993L),
          41,
          false,
          AT);
  private static final BonusUse BONUS_USE = new BonusUse(AT, 12);
  private static final WelcomeBonus BONUS = new WelcomeBonus(10_000, AT, LATER);
  private static final Purchase MONTH =
      new Purchase(
          "2000000000000001",
          "2000000000000007",
          "pro.month",
          Tier.PRO,
          LATER,
          false,
          Instant.parse("2026-11-21T08:29:59.871Z"));
  private static final Purchase ONCE =
      new Purchase(
          "2000000000000002", "2000000000000002", "premium", Tier.PREMIUM, null, true, LATER);
  private static final Ending ENDING = new Ending("2000000000000001", LATER);

  static final Map<String, Object> ALL =
      Map.ofEntries(
          Map.entry(
              "subscription.tier-granted.1",
              new SubscriptionEvent.TierGranted(Tier.PREMIUM, LATER, AT)),
          Map.entry(
              "subscription.tier-granted.1-for-good",
              new SubscriptionEvent.TierGranted(Tier.FREE, null, AT)),
          Map.entry("subscription.quota-set.1", new SubscriptionEvent.QuotaSet(-1, AT)),
          Map.entry("subscription.erased.1", new SubscriptionEvent.SubscriptionErased(AT)),
          Map.entry("subscription.snapshot.1-erased", Subscription.erased(AT)),
          Map.entry("subscription.quota-cleared.1", new SubscriptionEvent.QuotaCleared(AT)),
          Map.entry("subscription.bonus-granted.1", new SubscriptionEvent.BonusGranted(BONUS, AT)),
          Map.entry(
              "subscription.credits-spent.1",
              new SubscriptionEvent.CreditsSpent(METER, new Credits(7, 2), BONUS_USE, 59_999)),
          Map.entry(
              "subscription.credits-spent.1-without-bonus",
              new SubscriptionEvent.CreditsSpent(
                  new Meter(METER.id(), 42, true, AT), new Credits(7, 0), null, 0)),
          Map.entry("subscription.room-leased.1", new SubscriptionEvent.RoomLeased("K7X2M9", AT)),
          Map.entry("subscription.room-seen.1", new SubscriptionEvent.RoomSeen("K7X2M9", AT)),
          Map.entry(
              "subscription.room-released.1", new SubscriptionEvent.RoomReleased("K7X2M9", AT)),
          Map.entry(
              "subscription.purchase-recorded.1",
              new SubscriptionEvent.PurchaseRecorded(MONTH, AT)),
          Map.entry(
              "subscription.purchase-recorded.1-revoked",
              new SubscriptionEvent.PurchaseRecorded(ONCE, AT)),
          Map.entry(
              "subscription.purchase-ended.1", new SubscriptionEvent.PurchaseEnded(ENDING, AT)),
          Map.entry(
              "subscription.notification-handled.1",
              new SubscriptionEvent.NotificationHandled(
                  "002e14d5-51f5-4503-b5a8-c3a1af68eb20", AT)),
          Map.entry("subscription.snapshot.1-empty", Subscription.EMPTY),
          Map.entry(
              "subscription.snapshot.1",
              new Subscription(
                  new Entitlement(Tier.PRO, LATER, null),
                  500L,
                  BONUS,
                  new StoreBooks(
                      new Purchases(List.of(MONTH, ONCE), List.of(ENDING)),
                      List.of(new HandledNotification("002e14d5-51f5-4503-b5a8-c3a1af68eb20", AT))),
                  new Usage(
                      List.of(new UsageWindow(99_734, new Credits(7, 2), AT)),
                      BONUS_USE,
                      59_999,
                      List.of(METER)),
                  new RoomLeases(List.of(new RoomLease("K7X2M9", AT, LATER))))));

  private SubscriptionGoldens() {}
}
