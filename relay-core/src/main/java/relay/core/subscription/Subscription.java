package relay.core.subscription;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import relay.core.wire.ClusterMessage;

/**
 * What one account may use and has used. Nothing is swept: whatever expires is found expired when
 * somebody looks.
 *
 * @param granted what an operator granted, or null
 * @param quota an operator's credits of a window, or null where the tier's count
 * @param bonus the latest one, or null
 * @param erasedAt when all that was known was erased, or null; nothing happens afterwards
 */
public record Subscription(
    @Nullable Entitlement granted,
    @Nullable Long quota,
    @Nullable WelcomeBonus bonus,
    StoreBooks store,
    Usage usage,
    RoomLeases rooms,
    @Nullable Instant erasedAt)
    implements ClusterMessage {
  /** Of an account nobody has seen. */
  public static final Subscription EMPTY =
      new Subscription(null, null, null, StoreBooks.EMPTY, Usage.NONE, RoomLeases.NONE);

  private static final long PARTS_PER_CREDIT = 60_000;

  /** Of an account that is there. */
  public Subscription(
      @Nullable Entitlement granted,
      @Nullable Long quota,
      @Nullable WelcomeBonus bonus,
      StoreBooks store,
      Usage usage,
      RoomLeases rooms) {
    this(granted, quota, bonus, store, usage, rooms, null);
  }

  public static Subscription evolve(Subscription before, SubscriptionEvent event) {
    return switch (event) {
      case SubscriptionEvent.TierGranted(var tier, var expiresAt, _) ->
          before.withGranted(new Entitlement(tier, expiresAt, null));
      case SubscriptionEvent.QuotaSet(var credits, _) -> before.withQuota(credits);
      case SubscriptionEvent.QuotaCleared _ -> before.withQuota(null);
      case SubscriptionEvent.BonusGranted(var bonus, _) -> before.withBonus(bonus);
      case SubscriptionEvent.CreditsSpent spent -> before.withUsage(before.usage.after(spent));
      case SubscriptionEvent.RoomLeased(var roomId, var at) ->
          before.withRooms(before.rooms.with(new RoomLease(roomId, at, at)));
      case SubscriptionEvent.RoomSeen(var roomId, var at) ->
          before.withRooms(before.rooms.seen(roomId, at));
      case SubscriptionEvent.RoomReleased(var roomId, _) ->
          before.withRooms(before.rooms.without(roomId));
      case SubscriptionEvent.PurchaseRecorded(var purchase, _) ->
          before.withStore(before.store.with(purchase));
      case SubscriptionEvent.PurchaseEnded(var ending, _) ->
          before.withStore(before.store.with(ending));
      case SubscriptionEvent.NotificationHandled(var uuid, var at) ->
          before.withStore(before.store.with(new HandledNotification(uuid, at)));
      case SubscriptionEvent.SubscriptionErased(var at) -> erased(at);
    };
  }

  /** All that is left of a subscription whose account is gone for good. */
  public static Subscription erased(Instant at) {
    return new Subscription(null, null, null, StoreBooks.EMPTY, Usage.NONE, RoomLeases.NONE, at);
  }

  public boolean isErased() {
    return erasedAt != null;
  }

  /** What follows from events; of an erased subscription none is true any more. */
  public List<SubscriptionEvent> valid(List<SubscriptionEvent> events) {
    return isErased() ? List.of() : events;
  }

  public List<SubscriptionEvent> erase(Instant now) {
    return valid(List.of(new SubscriptionEvent.SubscriptionErased(now)));
  }

  public Subscription after(List<SubscriptionEvent> events) {
    Subscription next = this;
    for (SubscriptionEvent event : events) {
      next = evolve(next, event);
    }
    return next;
  }

  /** The best of what is granted and bought; a grant that has expired is as if it never was. */
  public Entitlement entitlementAt(Instant now) {
    return Stream.concat(
            Optional.ofNullable(granted).filter(it -> it.isValidAt(now)).stream(),
            store.purchases().entitlementAt(now).stream())
        .filter(it -> it.tier() != Tier.FREE)
        .reduce(Entitlement::orBetter)
        .orElse(Entitlement.FREE);
  }

  public Balance balanceAt(Instant now, SubscriptionPolicy policy) {
    long limit =
        quota != null ? quota : policy.limits(entitlementAt(now).tier()).creditsPerWindow();
    return new Balance(usage.windowAt(now), limit, bonus == null ? null : balance(bonus, now));
  }

  /** Newest first; windows in which nothing was spent are left out. */
  public List<UsageWindow> historyAt(Instant now) {
    return usage.historyAt(now);
  }

  public List<RoomLease> roomsAt(Instant now, SubscriptionPolicy policy) {
    return rooms.validAt(now, policy.roomLease());
  }

  /**
   * What a socket has relayed is charged, whether or not there is enough; a report that was counted
   * before is not counted again.
   */
  public List<SubscriptionEvent> spend(
      MeterId meter, Spending spending, Instant now, SubscriptionPolicy policy) {
    if (spending.isEmpty() || usage.hasCounted(meter, spending.sequence())) {
      return List.of();
    }
    long parts = usage.carried() + spending.pairedMillis() * policy.price().perMinute();
    Credits cost =
        new Credits(spending.frames() * policy.price().perFrame(), parts / PARTS_PER_CREDIT);
    Balance balance = balanceAt(now, policy);
    long fromBonus = Math.min(cost.total(), balance.isUnlimited() ? 0 : bonusLeft(balance));
    long messagesFromBonus = Math.min(cost.messages(), fromBonus);
    Credits ofWindow =
        new Credits(
            cost.messages() - messagesFromBonus, cost.duration() - (fromBonus - messagesFromBonus));
    return List.of(
        new SubscriptionEvent.CreditsSpent(
            new Meter(meter, spending.sequence(), spending.isLast(), now),
            ofWindow,
            fromBonus == 0 || bonus == null ? null : new BonusUse(bonus.createdAt(), fromBonus),
            parts % PARTS_PER_CREDIT));
  }

  /** A socket that owes nothing has ended, and needs its place among those that count no more. */
  public List<SubscriptionEvent> end(MeterId meter, long sequence, Instant now) {
    return usage.isCounting(meter)
        ? List.of(
            new SubscriptionEvent.CreditsSpent(
                new Meter(meter, sequence, true, now), Credits.NONE, null, usage.carried()))
        : List.of();
  }

  /** Whether so few sockets spend that this one may be counted. */
  public boolean hasPlaceFor(MeterId meter, Instant now) {
    return !isErased() && usage.hasPlaceFor(meter, now);
  }

  public RoomVerdict acquire(String roomId, Instant now, SubscriptionPolicy policy) {
    int limit = isErased() ? 0 : policy.limits(entitlementAt(now).tier()).maxRooms();
    return rooms.acquire(roomId, new RoomLeases.Terms(limit, policy.roomLease()), now);
  }

  public List<SubscriptionEvent> leave(String roomId, Instant now) {
    return rooms.leave(roomId, now);
  }

  public List<SubscriptionEvent> release(String roomId, Instant now) {
    return rooms.release(roomId, now);
  }

  public StoreVerdict hear(StoreNotification said, Instant now, SubscriptionPolicy policy) {
    return store.hear(said, now, policy);
  }

  public StoreVerdict show(StoreTransaction bought, Instant now, SubscriptionPolicy policy) {
    return store.show(bought, now, policy);
  }

  /** Beside what was bought, which stays; the free tier takes back what was granted. */
  public List<SubscriptionEvent> grant(Tier tier, @Nullable Instant expiresAt, Instant now) {
    return new Entitlement(tier, expiresAt, null).equals(granted)
        ? List.of()
        : List.of(new SubscriptionEvent.TierGranted(tier, expiresAt, now));
  }

  public List<SubscriptionEvent> setQuota(long creditsPerWindow, Instant now) {
    return quota != null && quota == creditsPerWindow
        ? List.of()
        : List.of(new SubscriptionEvent.QuotaSet(creditsPerWindow, now));
  }

  public List<SubscriptionEvent> clearQuota(Instant now) {
    return quota == null ? List.of() : List.of(new SubscriptionEvent.QuotaCleared(now));
  }

  /** The bonus is granted once in an account's life. */
  public List<SubscriptionEvent> welcome(Instant now, SubscriptionPolicy policy) {
    SubscriptionPolicy.WelcomeOffer offer = policy.welcome();
    return bonus != null || offer.credits() == 0
        ? List.of()
        : List.of(
            new SubscriptionEvent.BonusGranted(
                new WelcomeBonus(offer.credits(), now, now.plus(offer.duration())), now));
  }

  private Balance.Bonus balance(WelcomeBonus granted, Instant now) {
    long used = usage.usedOf(granted);
    return new Balance.Bonus(
        granted.credits(),
        used,
        granted.expiresAt(),
        granted.isValidAt(now) && used < granted.credits());
  }

  private static long bonusLeft(Balance balance) {
    Balance.Bonus bonus = balance.bonus();
    return bonus != null && bonus.isActive() ? bonus.remaining() : 0;
  }

  private Subscription withGranted(Entitlement next) {
    return new Subscription(next, quota, bonus, store, usage, rooms);
  }

  private Subscription withQuota(@Nullable Long next) {
    return new Subscription(granted, next, bonus, store, usage, rooms);
  }

  private Subscription withBonus(WelcomeBonus next) {
    return new Subscription(granted, quota, next, store, usage, rooms);
  }

  private Subscription withStore(StoreBooks next) {
    return new Subscription(granted, quota, bonus, next, usage, rooms);
  }

  private Subscription withUsage(Usage next) {
    return new Subscription(granted, quota, bonus, store, next, rooms);
  }

  private Subscription withRooms(RoomLeases next) {
    return new Subscription(granted, quota, bonus, store, usage, next);
  }
}
