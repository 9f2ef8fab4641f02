package relay.core.account.entity;

import java.time.Duration;
import java.time.Instant;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.persistence.typed.PersistenceId;
import org.apache.pekko.persistence.typed.RecoveryCompleted;
import org.apache.pekko.persistence.typed.SnapshotAdapter;
import org.apache.pekko.persistence.typed.javadsl.CommandHandlerWithReply;
import org.apache.pekko.persistence.typed.javadsl.EventHandler;
import org.apache.pekko.persistence.typed.javadsl.EventSourcedBehaviorWithEnforcedReplies;
import org.apache.pekko.persistence.typed.javadsl.ReplyEffect;
import org.apache.pekko.persistence.typed.javadsl.RetentionCriteria;
import org.apache.pekko.persistence.typed.javadsl.SignalHandler;
import relay.core.account.Account;
import relay.core.account.AccountAnswer;
import relay.core.account.AccountArbiter;
import relay.core.account.AccountEvent;
import relay.core.account.AccountId;
import relay.core.account.AccountVerdict;
import relay.core.account.CredentialArbiter;
import relay.core.account.FamilyEnd;
import relay.core.entity.Erasure;
import relay.core.log.EventLog;
import relay.core.log.LogKey;

/**
 * One sharded actor per account: asks the arbiters for a verdict, keeps it, tells the account's
 * sockets, and answers. It never sees a credential.
 */
public final class AccountEntity
    extends EventSourcedBehaviorWithEnforcedReplies<AccountCommand, AccountEvent, Account> {
  private static final EventLog LOG = EventLog.of(AccountEntity.class);
  private static final int SNAPSHOT_EVERY = 100;
  private static final int SNAPSHOTS_KEPT = 2;
  private static final Duration MIN_BACKOFF = Duration.ofMillis(200);
  private static final Duration MAX_BACKOFF = Duration.ofSeconds(5);
  private static final double BACKOFF_JITTER = 0.2;

  private final AccountId id;
  private final ActorContext<AccountCommand> context;
  private final ActorRef<ClusterSharding.ShardCommand> shard;
  private final AccountSurroundings surroundings;

  /** Asks an account to end. */
  public static AccountCommand stopMessage() {
    return new AccountSignal.Stop();
  }

  public static Behavior<AccountCommand> create(
      AccountId id,
      PersistenceId persistenceId,
      ActorRef<ClusterSharding.ShardCommand> shard,
      AccountSurroundings surroundings) {
    return Behaviors.setup(
        context -> new AccountEntity(id, persistenceId, context, shard, surroundings));
  }

  private AccountEntity(
      AccountId id,
      PersistenceId persistenceId,
      ActorContext<AccountCommand> context,
      ActorRef<ClusterSharding.ShardCommand> shard,
      AccountSurroundings surroundings) {
    super(
        persistenceId,
        SupervisorStrategy.restartWithBackoff(MIN_BACKOFF, MAX_BACKOFF, BACKOFF_JITTER));
    this.id = id;
    this.context = context;
    this.shard = shard;
    this.surroundings = surroundings;
  }

  @Override
  public Account emptyState() {
    return new Account.Vacant();
  }

  @Override
  public EventHandler<Account, AccountEvent> eventHandler() {
    return Account::evolve;
  }

  @Override
  public SnapshotAdapter<Account> snapshotAdapter() {
    return new StoredAccount();
  }

  @Override
  public RetentionCriteria retentionCriteria() {
    return RetentionCriteria.snapshotEvery(SNAPSHOT_EVERY, SNAPSHOTS_KEPT)
        .withDeleteEventsOnSnapshot();
  }

  @Override
  public SignalHandler<Account> signalHandler() {
    return newSignalHandlerBuilder()
        .onSignal(RecoveryCompleted.instance(), this::onRecovered)
        .build();
  }

  @Override
  public CommandHandlerWithReply<AccountCommand, AccountEvent, Account> commandHandler() {
    return this::onCommand;
  }

  private void onRecovered(Account account) {
    context.setReceiveTimeout(surroundings.passivateAfter(), new AccountSignal.Idle());
    surroundings.observer().woke();
    if (account instanceof Account.Erased) {
      erase(() -> {});
    }
  }

  private ReplyEffect<AccountEvent, Account> onCommand(Account account, AccountCommand command) {
    Instant now = surroundings.clock().instant();
    var life = new AccountArbiter(surroundings.policy(), account);
    var credentials = new CredentialArbiter(surroundings.policy(), account);
    return switch (command) {
      case AccountCommand.Authenticate(var key, var replyTo) ->
          authenticate(credentials.authenticate(key, now), replyTo);
      case AccountCommand.Check(var family, var replyTo) ->
          authenticate(credentials.check(family, now), replyTo);
      case AccountCommand.SignIn(var identity, var details, var replyTo) ->
          carryOut(life.signIn(identity, details, now), replyTo);
      case AccountCommand.Create(var details, var replyTo) ->
          carryOut(life.create(details, now), replyTo);
      case AccountCommand.Issue(var minted, var replyTo) ->
          carryOut(credentials.issue(minted, now), replyTo);
      case AccountCommand.Refresh(var rotation, var replyTo) ->
          carryOut(credentials.rotate(rotation, now), replyTo);
      case AccountCommand.Revoke(var key, var replyTo) ->
          carryOut(credentials.revoke(key, now), replyTo);
      case AccountCommand.Describe(var replyTo) -> carryOut(life.describe(now), replyTo);
      case AccountCommand.Delete(var replyTo) -> carryOut(life.delete(now), replyTo);
      case AccountCommand.Restore(var replyTo) -> carryOut(life.restore(now), replyTo);
      case AccountCommand.Erase(var replyTo) -> carryOutErasure(life.describe(now), replyTo);
      case AccountSignal.Idle _ -> {
        shard.tell(new ClusterSharding.Passivate<>(context.getSelf()));
        yield Effect().noReply();
      }
      case AccountSignal.Stop _ -> Effect().stop().thenNoReply();
    };
  }

  /** That a key was used is no promise: the answer does not wait for it to be written. */
  private ReplyEffect<AccountEvent, Account> authenticate(
      AccountVerdict<? extends AccountAnswer.ToAuthenticate> verdict,
      ActorRef<AccountAnswer.ToAuthenticate> replyTo) {
    if (verdict.answer() instanceof AccountAnswer.Authenticated) {
      replyTo.tell(verdict.answer());
      return Effect().persist(verdict.events()).thenNoReply();
    }
    return carryOut(verdict, replyTo);
  }

  private <A extends AccountAnswer> ReplyEffect<AccountEvent, Account> carryOut(
      AccountVerdict<? extends A> verdict, ActorRef<A> replyTo) {
    return Effect()
        .persist(verdict.events())
        .thenRun(() -> verdict.events().forEach(this::tell))
        .thenRun(() -> eraseAfter(verdict))
        .thenReply(replyTo, _ -> verdict.answer());
  }

  private void eraseAfter(AccountVerdict<?> verdict) {
    if (verdict.events().stream().anyMatch(AccountEvent.AccountErased.class::isInstance)) {
      erase(() -> {});
    }
  }

  private ReplyEffect<AccountEvent, Account> carryOutErasure(
      AccountVerdict<? extends AccountAnswer.ToDescribe> verdict,
      ActorRef<AccountAnswer.ToDescribe> replyTo) {
    if (!(verdict.answer() instanceof AccountAnswer.Unknown(var isErased) && isErased)) {
      return carryOut(verdict, replyTo);
    }
    return Effect()
        .persist(verdict.events())
        .thenRun(() -> verdict.events().forEach(this::tell))
        .thenRun(() -> erase(() -> replyTo.tell(verdict.answer())))
        .thenNoReply();
  }

  private void tell(AccountEvent written) {
    switch (written) {
      case AccountEvent.FamilyEnded(var family, var cause, _) -> {
        surroundings.announcer().announce(id, new AccountNotice.FamilyRevoked(family));
        if (cause == FamilyEnd.REUSED) {
          LOG.warn("refresh_token_reused")
              .with(LogKey.ACCOUNT, id.fingerprint())
              .with(LogKey.FAMILY, family)
              .write();
          surroundings.observer().tokenReused();
        }
      }
      case AccountEvent.AccountDeleted _ ->
          surroundings.announcer().announce(id, new AccountNotice.Deleted());
      case AccountEvent.AccountRestored _ ->
          surroundings.announcer().announce(id, new AccountNotice.Restored());
      case AccountEvent.AccountErased _,
          AccountEvent.AccountCreated _,
          AccountEvent.ProviderLinked _,
          AccountEvent.SignedIn _,
          AccountEvent.FamilyBegan _,
          AccountEvent.FamilyUsed _,
          AccountEvent.CredentialsRotated _ -> {}
    }
  }

  /** All that stays of an erased account is the event that says so. */
  private void erase(Runnable whenDone) {
    long before = lastSequenceNumber(context) - 1;
    if (before > 0) {
      var _ =
          Adapter.actorOf(
              context, Erasure.props(persistenceId(), before, "account_not_erased", whenDone));
    } else {
      whenDone.run();
    }
  }
}
