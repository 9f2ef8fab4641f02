package relay.core.subscription;

import static org.assertj.core.api.Assertions.assertThat;
import static relay.core.subscription.SubscriptionScene.POLICY;
import static relay.core.subscription.SubscriptionScene.START;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * The store repeats itself and is heard in any order: what an account has follows from what was
 * said, not from when it was heard.
 */
class StoreOrderPropertiesTest {
  private static final int TRANSACTIONS = 3;
  private static final Comparator<Said> LAST_WORD =
      Comparator.comparingInt(Said::second)
          .thenComparing(it -> !it.isPaid())
          .thenComparingInt(Said::expiry);

  /** What the store says of a transaction or of its subscription at some second. */
  record Said(String type, int transaction, int second, int expiry) {
    StoreNotification notification() {
      return new StoreNotification(
          "%s-%d-%d-%d".formatted(type, transaction, second, expiry),
          type,
          null,
          at(second),
          new StoreTransaction(
              transaction == 0 ? "premium.month" : "pro.month",
              "t" + transaction,
              subscription(),
              at(expiry),
              null,
              at(second)),
          null);
    }

    String subscription() {
      return transaction == TRANSACTIONS - 1 ? "other" : "subscription";
    }

    boolean isPaid() {
      return type.equals("DID_RENEW");
    }

    boolean ends(Said other) {
      return isOver() && subscription().equals(other.subscription()) && second >= other.second;
    }

    boolean isOver() {
      return type.equals("EXPIRED");
    }
  }

  @Property(tries = 2_000)
  void theOrderMakesNoDifference(
      @ForAll("said") List<Said> said, @ForAll("said") List<Said> more, @ForAll long seed) {
    List<Said> all = Stream.concat(said.stream(), more.stream()).toList();
    List<Said> shuffled = new ArrayList<>(all);
    shuffled.addAll(said);
    Collections.shuffle(shuffled, new Random(seed));

    assertThat(tiers(heard(shuffled))).isEqualTo(tiers(heard(all)));
  }

  @Property(tries = 2_000)
  void nobodyHasWhatTheStoresLastWordDoesNotGrant(@ForAll("said") List<Said> said) {
    Subscription subscription = heard(said);
    for (int second = 0; second < 100; second += 5) {
      Instant now = at(second);
      assertThat(subscription.entitlementAt(now).tier()).isEqualTo(paidFor(said, now));
    }
  }

  /** By definition: a transaction counts as it was said last, unless it is over since then. */
  private static Tier paidFor(List<Said> said, Instant now) {
    return IntStream.range(0, TRANSACTIONS)
        .mapToObj(
            transaction ->
                said.stream()
                    .filter(it -> it.transaction == transaction && !it.isOver())
                    .max(LAST_WORD))
        .flatMap(Optional::stream)
        .filter(last -> last.isPaid() && now.isBefore(at(last.expiry)))
        .filter(last -> said.stream().noneMatch(it -> it.ends(last)))
        .map(last -> last.transaction == 0 ? Tier.PREMIUM : Tier.PRO)
        .reduce(Tier.FREE, Tier::orBetter);
  }

  private static Subscription heard(List<Said> said) {
    Subscription subscription = Subscription.EMPTY;
    for (Said each : said) {
      StoreVerdict verdict = subscription.hear(each.notification(), START, POLICY);
      subscription = subscription.after(verdict.events());
    }
    return subscription;
  }

  private static List<Tier> tiers(Subscription subscription) {
    return IntStream.range(0, 100)
        .mapToObj(second -> subscription.entitlementAt(at(second)).tier())
        .toList();
  }

  private static Instant at(int second) {
    return START.plus(Duration.ofSeconds(second));
  }

  @Provide
  Arbitrary<List<Said>> said() {
    return Combinators.combine(
            Arbitraries.of("DID_RENEW", "DID_RENEW", "REFUND", "EXPIRED"),
            Arbitraries.integers().between(0, TRANSACTIONS - 1),
            Arbitraries.integers().between(0, 20),
            Arbitraries.integers().between(0, 90))
        .as(Said::new)
        .list()
        .ofMaxSize(10);
  }
}
