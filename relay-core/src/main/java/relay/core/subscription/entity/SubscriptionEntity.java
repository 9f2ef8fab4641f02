package relay.core.subscription.entity;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.persistence.typed.PersistenceId;
import org.apache.pekko.persistence.typed.RecoveryCompleted;
import org.apache.pekko.persistence.typed.javadsl.CommandHandlerWithReply;
import org.apache.pekko.persistence.typed.javadsl.EffectBuilder;
import org.apache.pekko.persistence.typed.javadsl.EventHandler;
import org.apache.pekko.persistence.typed.javadsl.EventSourcedBehaviorWithEnforcedReplies;
import org.apache.pekko.persistence.typed.javadsl.ReplyEffect;
import org.apache.pekko.persistence.typed.javadsl.RetentionCriteria;
import org.apache.pekko.persistence.typed.javadsl.SignalHandler;
import relay.core.account.AccountId;
import relay.core.entity.Erasure;
import relay.core.subscription.Subscription;
import relay.core.subscription.SubscriptionEvent;

/**
 * One sharded actor per account: asks {@link Subscription} what follows, keeps it, and answers.
 *
 * <p>Whatever is promised is written before it is answered. What sockets have spent is gathered, so
 * that an account's sockets together cost the journal no more than a few writes a second.
 */
public final class SubscriptionEntity
    extends EventSourcedBehaviorWithEnforcedReplies<
        SubscriptionCommand, SubscriptionEvent, Subscription> {
  private static final int SNAPSHOT_EVERY = 100;
  private static final int SNAPSHOTS_KEPT = 2;
  private static final Duration MIN_BACKOFF = Duration.ofMillis(200);
  private static final Duration MAX_BACKOFF = Duration.ofSeconds(5);
  private static final double BACKOFF_JITTER = 0.2;

  private final ActorContext<SubscriptionCommand> context;
  private final TimerScheduler<SubscriptionCommand> timers;
  private final ActorRef<ClusterSharding.ShardCommand> shard;
  private final SubscriptionSurroundings surroundings;
  private final SubscriptionMemory memory;
  private Instant writtenAt = Instant.MIN;

  /** Asks a subscription to end; what is not written is written first. */
  public static SubscriptionCommand stopMessage() {
    return new SubscriptionSignal.Stop();
  }

  public static Behavior<SubscriptionCommand> create(
      AccountId account,
      PersistenceId id,
      ActorRef<ClusterSharding.ShardCommand> shard,
      SubscriptionSurroundings surroundings) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(
                timers -> {
                  SubscriptionMemory memory = new SubscriptionMemory(account, surroundings);
                  return new SubscriptionEntity(id, context, timers, shard, surroundings, memory);
                }));
  }

  private SubscriptionEntity(
      PersistenceId id,
      ActorContext<SubscriptionCommand> context,
      TimerScheduler<SubscriptionCommand> timers,
      ActorRef<ClusterSharding.ShardCommand> shard,
      SubscriptionSurroundings surroundings,
      SubscriptionMemory memory) {
    super(id, SupervisorStrategy.restartWithBackoff(MIN_BACKOFF, MAX_BACKOFF, BACKOFF_JITTER));
    this.context = context;
    this.timers = timers;
    this.shard = shard;
    this.surroundings = surroundings;
    this.memory = memory;
  }

  @Override
  public Subscription emptyState() {
    return Subscription.EMPTY;
  }

  @Override
  public EventHandler<Subscription, SubscriptionEvent> eventHandler() {
    return Subscription::evolve;
  }

  @Override
  public RetentionCriteria retentionCriteria() {
    return RetentionCriteria.snapshotEvery(SNAPSHOT_EVERY, SNAPSHOTS_KEPT)
        .withDeleteEventsOnSnapshot();
  }

  @Override
  public SignalHandler<Subscription> signalHandler() {
    return newSignalHandlerBuilder()
        .onSignal(RecoveryCompleted.instance(), this::onRecovered)
        .build();
  }

  @Override
  public CommandHandlerWithReply<SubscriptionCommand, SubscriptionEvent, Subscription>
      commandHandler() {
    return (_, command) -> onCommand(command);
  }

  /** Begins its life, and begins it again after a write has failed. */
  private void onRecovered(Subscription written) {
    timers.cancelAll();
    memory.restore(written);
    if (written.isErased()) {
      erase(() -> {});
    }
    context.setReceiveTimeout(surroundings.passivateAfter(), new SubscriptionSignal.Idle());
  }

  private ReplyEffect<SubscriptionEvent, Subscription> onCommand(SubscriptionCommand command) {
    switch (command) {
      case SubscriptionCommand.UseCredits report -> {
        memory.useCredits(report);
        return writeInTime();
      }
      case SubscriptionCommand.MacLeft(var roomId) -> {
        memory.macLeft(roomId);
        return Effect().noReply();
      }
      case SubscriptionCommand.AcquireRoom acquire -> memory.acquire(acquire);
      case SubscriptionCommand.BeginRelease begin -> memory.beginRelease(begin);
      case SubscriptionCommand.ReleaseRoom release -> memory.release(release);
      case SubscriptionCommand.GrantTier grant -> memory.grantTier(grant);
      case SubscriptionCommand.SetQuota set -> memory.setQuota(set);
      case SubscriptionCommand.ClearQuota clear -> memory.clearQuota(clear);
      case SubscriptionCommand.Welcome welcome -> memory.welcome(welcome);
      case SubscriptionCommand.StoreNotified notified -> memory.hear(notified);
      case SubscriptionCommand.VerifiedPurchase shown -> memory.show(shown);
      case SubscriptionCommand.Erase(var replyTo) ->
          memory.erase(() -> erase(() -> replyTo.tell(new SubscriptionCommand.Erased())));
      case SubscriptionCommand.Describe(var replyTo) ->
          memory.outbox().answer(replyTo, memory.describe());
      case SubscriptionCommand.ListUsage(var replyTo) ->
          memory.outbox().answer(replyTo, memory.history());
      case SubscriptionSignal.WriteDue _ -> {}
      case SubscriptionSignal.Idle _ -> {
        shard.tell(new ClusterSharding.Passivate<>(context.getSelf()));
        return Effect().noReply();
      }
      case SubscriptionSignal.Stop _ -> {
        return write().thenStop().thenNoReply();
      }
    }
    return memory.outbox().isPromised() ? write().thenNoReply() : Effect().noReply();
  }

  /** All that stays of an erased subscription is the event that says so. */
  private void erase(Runnable whenDone) {
    long before = lastSequenceNumber(context) - 1;
    if (before > 0) {
      var _ =
          Adapter.actorOf(
              context, Erasure.props(persistenceId(), before, "subscription_not_erased", whenDone));
    } else {
      whenDone.run();
    }
  }

  /** The first report after a while is written at once; those that follow soon share a write. */
  private ReplyEffect<SubscriptionEvent, Subscription> writeInTime() {
    if (!memory.outbox().isPromised()) {
      return Effect().noReply();
    }
    Instant due = writtenAt.plus(surroundings.minWriteInterval());
    Instant now = memory.now();
    if (!due.isAfter(now)) {
      return write().thenNoReply();
    }
    if (!timers.isTimerActive(SubscriptionSignal.WriteDue.class)) {
      timers.startSingleTimer(
          SubscriptionSignal.WriteDue.class,
          new SubscriptionSignal.WriteDue(),
          Duration.between(now, due));
    }
    return Effect().noReply();
  }

  private EffectBuilder<SubscriptionEvent, Subscription> write() {
    timers.cancel(SubscriptionSignal.WriteDue.class);
    writtenAt = memory.now();
    List<SubscriptionEvent> events = memory.outbox().takeEvents();
    return Effect().persist(events).thenRun(_ -> memory.outbox().written());
  }
}
