package relay.http.testing;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.jspecify.annotations.Nullable;
import relay.core.account.AccountId;
import relay.core.subscription.Balance;
import relay.core.subscription.Credits;
import relay.core.subscription.RoomLease;
import relay.core.subscription.StoreOutcome;
import relay.core.subscription.Tier;
import relay.core.subscription.TierLimits;
import relay.core.subscription.UsageWindow;
import relay.core.subscription.entity.StoreReply;
import relay.core.subscription.entity.SubscriptionCommand;
import relay.core.subscription.entity.SubscriptionDescription;
import relay.core.subscription.entity.Subscriptions;
import relay.core.subscription.entity.UsageHistory;

/** One subscription, whoever's, that answers what the test says. */
public final class SubscriptionsInMemory implements Subscriptions {
  private static final Duration ASK = Duration.ofSeconds(20);

  /** Every command that changed something. */
  public final List<SubscriptionCommand> changes = new CopyOnWriteArrayList<>();

  public volatile List<RoomLease> rooms = List.of();
  public volatile Balance balance =
      new Balance(
          new UsageWindow(
              98568, new Credits(1_000, 200), Instant.parse("2026-03-23T04:00:00.123Z")),
          1_000,
          null);
  public volatile List<UsageWindow> windows = List.of();
  public volatile StoreOutcome outcome = StoreOutcome.APPLIED;
  private volatile Tier tier = Tier.FREE;
  private volatile @Nullable Instant expiresAt;
  private volatile @Nullable Long quota;

  private final ActorSystem<?> system;
  private final ActorRef<SubscriptionCommand> entity;

  public SubscriptionsInMemory(ActorSystem<?> system) {
    this.system = system;
    entity = system.systemActorOf(answers(), "subscription", Props.empty());
  }

  @Override
  public void tell(AccountId account, SubscriptionCommand command) {
    entity.tell(command);
  }

  @Override
  public <R> CompletionStage<R> ask(
      AccountId account, Function<ActorRef<R>, SubscriptionCommand> question) {
    return AskPattern.<SubscriptionCommand, R>ask(entity, question::apply, ASK, system.scheduler());
  }

  private Behavior<SubscriptionCommand> answers() {
    return Behaviors.receiveMessage(
        command -> {
          answer(command);
          return Behaviors.same();
        });
  }

  private void answer(SubscriptionCommand command) {
    switch (command) {
      case SubscriptionCommand.Describe(var replyTo) -> replyTo.tell(description());
      case SubscriptionCommand.ListUsage(var replyTo) -> replyTo.tell(new UsageHistory(windows));
      case SubscriptionCommand.GrantTier(var granted, var expires, var replyTo) -> {
        tier = granted;
        expiresAt = expires;
        changed(command, replyTo);
      }
      case SubscriptionCommand.SetQuota(var credits, var replyTo) -> {
        quota = credits;
        changed(command, replyTo);
      }
      case SubscriptionCommand.ClearQuota(var replyTo) -> {
        quota = null;
        changed(command, replyTo);
      }
      case SubscriptionCommand.Welcome(var replyTo) -> changed(command, replyTo);
      case SubscriptionCommand.BeginRelease(_, _, var replyTo) -> replyTo.tell(description());
      case SubscriptionCommand.ReleaseRoom(var roomId, _, var replyTo) -> {
        List<RoomLease> left = new ArrayList<>(rooms);
        left.removeIf(it -> it.roomId().equals(roomId));
        rooms = List.copyOf(left);
        changed(command, replyTo);
      }
      case SubscriptionCommand.StoreNotified(_, var replyTo) -> told(command, replyTo);
      case SubscriptionCommand.VerifiedPurchase(_, var replyTo) -> told(command, replyTo);
      default -> throw new UnsupportedOperationException(command + " is not asked by HTTP");
    }
  }

  private void changed(SubscriptionCommand command, ActorRef<SubscriptionDescription> replyTo) {
    changes.add(command);
    replyTo.tell(description());
  }

  private void told(SubscriptionCommand command, ActorRef<StoreReply> replyTo) {
    changes.add(command);
    replyTo.tell(new StoreReply(outcome, description()));
  }

  private SubscriptionDescription description() {
    return new SubscriptionDescription(
        tier, expiresAt, null, new TierLimits(1_000, 4, -1), quota, balance, rooms);
  }
}
