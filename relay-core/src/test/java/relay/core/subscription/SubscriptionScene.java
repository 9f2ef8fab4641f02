package relay.core.subscription;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One subscription under test: it lives through what happens, and remembers the latest verdict. */
public final class SubscriptionScene {
  /** The begin of window 98,568. */
  public static final Instant START = Instant.parse("2026-03-23T00:00:00Z");

  public static final SubscriptionPolicy POLICY =
      new SubscriptionPolicy(
          Map.of(
              Tier.FREE, new TierLimits(1_000, 4, -1),
              Tier.PRO, new TierLimits(10_000, 32, 8),
              Tier.PREMIUM, new TierLimits(50_000, 32, 32)),
          Map.of("pro.month", Tier.PRO, "premium.month", Tier.PREMIUM),
          new SubscriptionPolicy.Price(1, 2),
          new SubscriptionPolicy.LeaseTerms(100, Duration.ofSeconds(30)),
          new SubscriptionPolicy.WelcomeOffer(10_000, Duration.ofDays(7)),
          Duration.ofMinutes(15));

  private final List<SubscriptionEvent> history = new ArrayList<>();
  private final SubscriptionPolicy policy;
  private Subscription subscription = Subscription.EMPTY;
  private List<SubscriptionEvent> last = List.of();
  private Instant now = START;
  private long sequence;

  SubscriptionScene() {
    this(POLICY);
  }

  SubscriptionScene(SubscriptionPolicy policy) {
    this.policy = policy;
  }

  static MeterId meter(long socket) {
    return new MeterId("edge", socket);
  }

  static StoreTransaction transaction(String product, String id, Instant expiresAt) {
    return new StoreTransaction(product, id, "subscription", expiresAt, null, START);
  }

  /** A notification of that transaction that was signed so many seconds after the start. */
  static StoreNotification notification(String type, long second, StoreTransaction transaction) {
    return new StoreNotification(
        type + second, type, null, START.plusSeconds(second), transaction, null);
  }

  void passes(Duration duration) {
    now = now.plus(duration);
  }

  Instant now() {
    return now;
  }

  Subscription subscription() {
    return subscription;
  }

  List<SubscriptionEvent> last() {
    return last;
  }

  List<SubscriptionEvent> history() {
    return history;
  }

  Balance balance() {
    return subscription.balanceAt(now, policy);
  }

  Tier tier() {
    return subscription.entitlementAt(now).tier();
  }

  void isWelcomed() {
    happens(subscription.welcome(now, policy));
  }

  void isGranted(Tier tier, @Nullable Instant expiresAt) {
    happens(subscription.grant(tier, expiresAt, now));
  }

  /** A report of a socket that is the only one and goes on. */
  void spends(long frames, Duration paired) {
    sequence++;
    reports(1, new Spending(sequence, frames, paired.toMillis(), false));
  }

  void reports(long socket, Spending spending) {
    happens(subscription.spend(meter(socket), spending, now, policy));
  }

  StoreOutcome hears(StoreNotification notification) {
    StoreVerdict verdict = subscription.hear(notification, now, policy);
    happens(verdict.events());
    return verdict.outcome();
  }

  StoreOutcome isShown(StoreTransaction transaction) {
    StoreVerdict verdict = subscription.show(transaction, now, policy);
    happens(verdict.events());
    return verdict.outcome();
  }

  RoomVerdict acquires(String roomId) {
    RoomVerdict verdict = subscription.acquire(roomId, now, policy);
    happens(verdict instanceof RoomVerdict.Granted(var events) ? events : List.of());
    return verdict;
  }

  void leaves(String roomId) {
    happens(subscription.leave(roomId, now));
  }

  List<String> rooms() {
    return subscription.roomsAt(now, policy).stream().map(RoomLease::roomId).toList();
  }

  void happens(List<SubscriptionEvent> events) {
    last = events;
    history.addAll(events);
    subscription = subscription.after(events);
  }
}
