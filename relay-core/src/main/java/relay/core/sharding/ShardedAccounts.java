package relay.core.sharding;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.cluster.sharding.typed.HashCodeMessageExtractor;
import org.apache.pekko.cluster.sharding.typed.ShardingEnvelope;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.cluster.sharding.typed.javadsl.Entity;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityTypeKey;
import org.apache.pekko.persistence.typed.PersistenceId;
import relay.core.account.AccountAnswer;
import relay.core.account.AccountId;
import relay.core.account.entity.AccountCommand;
import relay.core.account.entity.AccountEntity;
import relay.core.account.entity.AccountSurroundings;
import relay.core.account.entity.Accounts;

/**
 * Starts the sharded accounts on the nodes that carry rooms, and is the way to them from every
 * node.
 */
public final class ShardedAccounts implements Accounts {
  /** The name of the entity type, as the cluster's HTTP API and persistence ids know it. */
  public static final EntityTypeKey<AccountCommand> ACCOUNT =
      EntityTypeKey.create(AccountCommand.class, "account");

  private static final int SHARDS = 256;

  private static final int ATTEMPTS = 5;

  private final ClusterSharding sharding;
  private final Duration answerTimeout;

  private ShardedAccounts(ClusterSharding sharding, Duration answerTimeout) {
    this.sharding = sharding;
    this.answerTimeout = answerTimeout;
  }

  /** To be called once on every node, with or without the role. */
  public static ShardedAccounts start(ActorSystem<?> system, AccountSurroundings surroundings) {
    Entity<AccountCommand, ShardingEnvelope<AccountCommand>> account =
        Entity.of(
                ACCOUNT,
                context -> {
                  AccountId id = new AccountId(context.getEntityId());
                  return AccountEntity.create(
                      id, persistenceId(id), context.getShard(), surroundings);
                })
            .withSettings(RelaySharding.settings(system))
            .withMessageExtractor(new HashCodeMessageExtractor<AccountCommand>(SHARDS))
            .withRole(RelaySharding.ROLE)
            .withStopMessage(AccountEntity.stopMessage());
    ClusterSharding sharding = ClusterSharding.get(system);
    var _ = sharding.init(account);
    return new ShardedAccounts(sharding, surroundings.answerTimeout());
  }

  /** Under this id the journal keeps the account's events. */
  public static PersistenceId persistenceId(AccountId account) {
    return PersistenceId.of(ACCOUNT.name(), account.value());
  }

  @Override
  public <A extends AccountAnswer> CompletionStage<A> ask(
      AccountId account, Function<ActorRef<A>, AccountCommand> question) {
    Duration patience = answerTimeout.dividedBy(ATTEMPTS);
    return Attempts.ask(ATTEMPTS, () -> ask(account, question, patience));
  }

  @Override
  public <A extends AccountAnswer> CompletionStage<A> askOnce(
      AccountId account, Function<ActorRef<A>, AccountCommand> question) {
    return ask(account, question, answerTimeout);
  }

  private <A extends AccountAnswer> CompletionStage<A> ask(
      AccountId account, Function<ActorRef<A>, AccountCommand> question, Duration patience) {
    return sharding.entityRefFor(ACCOUNT, account.value()).ask(question::apply, patience);
  }
}
