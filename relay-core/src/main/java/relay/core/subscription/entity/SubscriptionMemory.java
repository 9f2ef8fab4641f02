package relay.core.subscription.entity;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import relay.core.account.AccountId;
import relay.core.account.entity.AccountNotice;
import relay.core.subscription.Balance;
import relay.core.subscription.CreditLeases;
import relay.core.subscription.Entitlement;
import relay.core.subscription.RoomVerdict;
import relay.core.subscription.StoreVerdict;
import relay.core.subscription.Subscription;
import relay.core.subscription.SubscriptionEvent;
import relay.core.subscription.SubscriptionPolicy;

/**
 * What a subscription knows beyond what is written: the credits that sockets have in advance, the
 * rooms that are being released, and what waits for a write. It decides on all that has happened,
 * written or not, so that a report that is repeated meanwhile is recognised.
 */
final class SubscriptionMemory {
  /** All sockets of an account report at about the same time, and one announcement reaches all. */
  private static final Duration ANNOUNCEMENT_INTERVAL = Duration.ofSeconds(1);

  private final AccountId account;
  private final SubscriptionSurroundings surroundings;
  private final SubscriptionPolicy policy;
  private final Outbox outbox = new Outbox();
  private final PendingReleases releases = new PendingReleases();
  private Subscription subscription = Subscription.EMPTY;
  private CreditLeases leases = CreditLeases.NONE;
  private Instant announcedAt = Instant.MIN;

  SubscriptionMemory(AccountId account, SubscriptionSurroundings surroundings) {
    this.account = account;
    this.surroundings = surroundings;
    policy = surroundings.policy();
  }

  Outbox outbox() {
    return outbox;
  }

  Instant now() {
    return surroundings.clock().instant();
  }

  /** Only what is written is true: so it begins, and so it goes on after a failed write. */
  void restore(Subscription written) {
    subscription = written;
    leases = CreditLeases.NONE;
    releases.clear();
    outbox.clear();
  }

  void useCredits(SubscriptionCommand.UseCredits command) {
    Instant now = now();
    long sequence = command.spending().sequence();
    leases = leases.at(now, policy.leases());
    if (!subscription.hasPlaceFor(command.meter(), now) || !leases.hasPlaceFor(command.meter())) {
      outbox.answer(command.replyTo(), new CreditReply.TooManySockets(sequence));
      return;
    }
    happened(subscription.spend(command.meter(), command.spending(), now, policy));
    if (command.spending().isEmpty() && command.spending().isLast()) {
      note(subscription.end(command.meter(), sequence, now));
    }
    Balance balance = subscription.balanceAt(now, policy);
    long want = command.spending().isLast() ? 0 : command.want();
    long credits = leases.offer(command.meter(), want, balance, policy.leases().maxCredits());
    leases = leases.with(command.meter(), credits, now);
    if (command.spending().isEmpty()) {
      // Nothing of it is to be written, and a socket that begins waits for it.
      command.replyTo().tell(reply(sequence, credits));
    } else {
      outbox.then(() -> command.replyTo().tell(reply(sequence, credits)));
    }
    if (command.want() > 0 || !command.spending().isEmpty()) {
      announceIfExhausted();
    }
  }

  /** As the account stands when it is answered: it may have got credits while that was written. */
  private CreditReply reply(long sequence, long credits) {
    Balance balance = subscription.balanceAt(now(), policy);
    return balance.isExhausted()
        ? new CreditReply.Exhausted(sequence, balance.quotaExceeded())
        : new CreditReply.Leased(sequence, credits);
  }

  void acquire(SubscriptionCommand.AcquireRoom command) {
    Instant now = now();
    releases.cancel(command.roomId());
    switch (subscription.acquire(command.roomId(), now, policy)) {
      case RoomVerdict.Granted(var events) -> {
        happened(events);
        int maxSessions = policy.limits(subscription.entitlementAt(now).tier()).maxSessions();
        outbox.answer(command.replyTo(), new RoomReply.RoomGranted(maxSessions));
      }
      case RoomVerdict.LimitReached(var limit, var current) ->
          outbox.answer(command.replyTo(), new RoomReply.RoomLimit(limit, current));
    }
  }

  void macLeft(String roomId) {
    note(subscription.leave(roomId, now()));
  }

  void beginRelease(SubscriptionCommand.BeginRelease command) {
    releases.begin(command.roomId(), command.release());
    outbox.answer(command.replyTo(), describe());
  }

  void release(SubscriptionCommand.ReleaseRoom command) {
    if (releases.end(command.roomId(), command.release())) {
      happened(subscription.release(command.roomId(), now()));
    }
    outbox.answer(command.replyTo(), describe());
  }

  void grantTier(SubscriptionCommand.GrantTier command) {
    happened(subscription.grant(command.tier(), command.expiresAt(), now()));
    outbox.answer(command.replyTo(), describe());
    announceIfExhausted();
  }

  void setQuota(SubscriptionCommand.SetQuota command) {
    happened(subscription.setQuota(command.creditsPerWindow(), now()));
    outbox.answer(command.replyTo(), describe());
    announceIfExhausted();
  }

  void clearQuota(SubscriptionCommand.ClearQuota command) {
    happened(subscription.clearQuota(now()));
    outbox.answer(command.replyTo(), describe());
    announceIfExhausted();
  }

  void welcome(SubscriptionCommand.Welcome command) {
    happened(subscription.welcome(now(), policy));
    outbox.answer(command.replyTo(), describe());
  }

  void hear(SubscriptionCommand.StoreNotified command) {
    StoreVerdict verdict = subscription.hear(command.notification(), now(), policy);
    happened(verdict.events());
    outbox.answer(command.replyTo(), new StoreReply(verdict.outcome(), describe()));
    announceIfExhausted();
  }

  void show(SubscriptionCommand.VerifiedPurchase command) {
    StoreVerdict verdict = subscription.show(command.transaction(), now(), policy);
    happened(verdict.events());
    outbox.answer(command.replyTo(), new StoreReply(verdict.outcome(), describe()));
  }

  SubscriptionDescription describe() {
    Instant now = now();
    Entitlement entitlement = subscription.entitlementAt(now);
    return new SubscriptionDescription(
        entitlement.tier(),
        entitlement.expiresAt(),
        entitlement.productId(),
        policy.limits(entitlement.tier()),
        subscription.quota(),
        subscription.balanceAt(now, policy),
        subscription.roomsAt(now, policy));
  }

  UsageHistory history() {
    return new UsageHistory(subscription.historyAt(now()));
  }

  /** The answer is given once that is written. */
  void erase(Runnable answer) {
    happened(subscription.erase(now()));
    leases = CreditLeases.NONE;
    outbox.then(answer);
  }

  private void happened(List<SubscriptionEvent> said) {
    List<SubscriptionEvent> events = subscription.valid(said);
    subscription = subscription.after(events);
    outbox.promise(events);
  }

  private void note(List<SubscriptionEvent> said) {
    List<SubscriptionEvent> events = subscription.valid(said);
    subscription = subscription.after(events);
    outbox.note(events);
  }

  private void announceIfExhausted() {
    outbox.then(
        () -> {
          Instant now = now();
          Balance balance = subscription.balanceAt(now, policy);
          if (balance.isExhausted() && announcedAt.isBefore(now.minus(ANNOUNCEMENT_INTERVAL))) {
            announcedAt = now;
            AccountNotice notice = new AccountNotice.OutOfCredits(balance.quotaExceeded());
            surroundings.announcer().announce(account, notice);
          }
        });
  }
}
