package relay.core.subscription;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything the store has said about one account.
 *
 * @param handled the notifications of the last days, oldest first
 */
public record StoreBooks(Purchases purchases, List<HandledNotification> handled) {
  static final StoreBooks EMPTY = new StoreBooks(Purchases.NONE, List.of());

  /** TermOnMac 5.3; the store itself stops repeating after three days. */
  static final Duration HANDLED_KEPT = Duration.ofDays(7);

  /** What is forgotten for this bound is recognised as stale, should it be said again. */
  static final int MAX_HANDLED = 512;

  public StoreBooks {
    handled = List.copyOf(handled);
  }

  /** A notification counts once, and one that could not be handled may come again. */
  StoreVerdict hear(StoreNotification said, Instant now, SubscriptionPolicy policy) {
    if (handled.stream().anyMatch(it -> it.uuid().equals(said.uuid()) && isKept(it, now))) {
      return StoreVerdict.without(StoreOutcome.DUPLICATE);
    }
    StoreTransaction transaction = said.transaction().saidAt(said.signedAt());
    StoreVerdict verdict =
        switch (said.notice()) {
          case PAID -> show(transaction, now, policy);
          case GRACE -> inGrace(transaction, said.graceUntil(), now, policy);
          case REFUNDED -> refunded(transaction.revokedBy(said.signedAt()), now, policy);
          case OVER -> over(new Ending(transaction.originalId(), said.signedAt()), now);
          case OTHER -> StoreVerdict.without(StoreOutcome.ACKNOWLEDGED);
        };
    if (verdict.outcome() == StoreOutcome.UNKNOWN_PRODUCT) {
      return verdict;
    }
    List<SubscriptionEvent> events = new ArrayList<>(verdict.events());
    events.add(new SubscriptionEvent.NotificationHandled(said.uuid(), now));
    return new StoreVerdict(verdict.outcome(), events);
  }

  /** A phone may show what it has bought as often as it likes. */
  StoreVerdict show(StoreTransaction transaction, Instant now, SubscriptionPolicy policy) {
    return policy
        .tierOf(transaction.productId())
        .map(tier -> keep(Purchase.of(transaction, tier), now))
        .orElseGet(() -> StoreVerdict.without(StoreOutcome.UNKNOWN_PRODUCT));
  }

  StoreBooks with(Purchase purchase) {
    return new StoreBooks(purchases.with(purchase), handled);
  }

  StoreBooks with(Ending ending) {
    return new StoreBooks(purchases.with(ending), handled);
  }

  StoreBooks with(HandledNotification notification) {
    List<HandledNotification> next = new ArrayList<>(handled);
    next.removeIf(it -> !isKept(it, notification.at()));
    if (next.size() == MAX_HANDLED) {
      next.removeFirst();
    }
    next.add(notification);
    return new StoreBooks(purchases, next);
  }

  private StoreVerdict inGrace(
      StoreTransaction transaction,
      @Nullable Instant until,
      Instant now,
      SubscriptionPolicy policy) {
    if (until == null) {
      return StoreVerdict.without(StoreOutcome.ACKNOWLEDGED);
    }
    return policy
        .tierOf(transaction.productId())
        .map(tier -> keep(Purchase.inGrace(transaction, tier, until), now))
        .orElseGet(() -> StoreVerdict.without(StoreOutcome.UNKNOWN_PRODUCT));
  }

  /** It counts for products of no tier too: a tier may have been configured meanwhile. */
  private StoreVerdict refunded(
      StoreTransaction transaction, Instant now, SubscriptionPolicy policy) {
    Tier tier = policy.tierOf(transaction.productId()).orElse(Tier.FREE);
    return keep(Purchase.of(transaction, tier), now);
  }

  private StoreVerdict keep(Purchase said, Instant now) {
    return purchases.isNews(said)
        ? applied(new SubscriptionEvent.PurchaseRecorded(said, now))
        : StoreVerdict.without(StoreOutcome.STALE);
  }

  /** An ending that comes late ends what was said before it, and no more. */
  private StoreVerdict over(Ending said, Instant now) {
    boolean isNews = purchases.isNews(said);
    return new StoreVerdict(
        isNews && !purchases.isPaidSince(said) ? StoreOutcome.APPLIED : StoreOutcome.STALE,
        isNews ? List.of(new SubscriptionEvent.PurchaseEnded(said, now)) : List.of());
  }

  private static StoreVerdict applied(SubscriptionEvent event) {
    return new StoreVerdict(StoreOutcome.APPLIED, List.of(event));
  }

  private static boolean isKept(HandledNotification notification, Instant now) {
    return notification.at().plus(HANDLED_KEPT).isAfter(now);
  }
}
