package relay.persistence.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.NotSerializableException;
import java.time.Instant;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import relay.core.subscription.BonusUse;
import relay.core.subscription.Credits;
import relay.core.subscription.Ending;
import relay.core.subscription.Meter;
import relay.core.subscription.MeterId;
import relay.core.subscription.Purchase;
import relay.core.subscription.Subscription;
import relay.core.subscription.SubscriptionEvent;
import relay.core.subscription.Tier;

/** Whatever happens to a subscription, what is written is what is read back. */
class SubscriptionStoredFormPropertyTest {

  @Property(tries = 300)
  void everyEventAndWhatItLeavesIsReadBack(@ForAll("events") SubscriptionEvent event)
      throws NotSerializableException {
    assertThat(readBack(event)).isEqualTo(event);

    Subscription after = Subscription.evolve(Subscription.EMPTY, event);
    assertThat(readBack(after)).isEqualTo(after);
  }

  private static Object readBack(Object stored) throws NotSerializableException {
    return StoredForm.read(StoredForm.manifest(stored), StoredForm.write(stored));
  }

  @Provide
  Arbitrary<SubscriptionEvent> events() {
    Arbitrary<Long> credits = Arbitraries.longs().between(0, Long.MAX_VALUE / 4);
    Arbitrary<Meter> meters =
        Combinators.combine(
                Combinators.combine(text(), Arbitraries.longs()).as(MeterId::new),
                Arbitraries.longs(),
                Arbitraries.of(true, false),
                times())
            .as(Meter::new);
    return Arbitraries.oneOf(
        Combinators.combine(tiers(), times().injectNull(0.3), times())
            .as(SubscriptionEvent.TierGranted::new),
        Combinators.combine(Arbitraries.longs(), times()).as(SubscriptionEvent.QuotaSet::new),
        Combinators.combine(
                meters,
                Combinators.combine(credits, credits).as(Credits::new),
                Combinators.combine(times(), credits).as(BonusUse::new).injectNull(0.5),
                credits)
            .as(SubscriptionEvent.CreditsSpent::new),
        Combinators.combine(text(), times()).as(SubscriptionEvent.RoomLeased::new),
        Combinators.combine(purchases(), times()).as(SubscriptionEvent.PurchaseRecorded::new),
        Combinators.combine(Combinators.combine(text(), times()).as(Ending::new), times())
            .as(SubscriptionEvent.PurchaseEnded::new),
        Combinators.combine(text(), times()).as(SubscriptionEvent.NotificationHandled::new));
  }

  private static Arbitrary<Purchase> purchases() {
    return Combinators.combine(
            text(),
            text(),
            text(),
            tiers(),
            times().injectNull(0.3),
            Arbitraries.of(true, false),
            times())
        .as(Purchase::new);
  }

  private static Arbitrary<Tier> tiers() {
    return Arbitraries.of(Tier.class);
  }

  /** Halves of surrogate pairs and the character 0 among it. */
  private static Arbitrary<String> text() {
    return Arbitraries.strings().all().ofMaxLength(50);
  }

  private static Arbitrary<Instant> times() {
    return Combinators.combine(
            Arbitraries.longs().between(0, 253_402_300_799L),
            Arbitraries.longs().between(0, 999_999_999L))
        .as(Instant::ofEpochSecond);
  }
}
