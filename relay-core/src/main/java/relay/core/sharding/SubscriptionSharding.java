package relay.core.sharding;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.cluster.sharding.typed.HashCodeMessageExtractor;
import org.apache.pekko.cluster.sharding.typed.ShardingEnvelope;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.cluster.sharding.typed.javadsl.Entity;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityContext;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityTypeKey;
import org.apache.pekko.persistence.typed.PersistenceId;
import relay.core.account.AccountId;
import relay.core.subscription.entity.SubscriptionCommand;
import relay.core.subscription.entity.SubscriptionEntity;
import relay.core.subscription.entity.SubscriptionSurroundings;
import relay.core.subscription.entity.Subscriptions;

/**
 * Starts the sharded subscriptions on the nodes that carry rooms, and is the way to them from every
 * node. A subscription decides itself when it leaves memory.
 */
public final class SubscriptionSharding implements Subscriptions {
  /** The name of the entity type, as the cluster's HTTP API and persistence ids know it. */
  public static final EntityTypeKey<SubscriptionCommand> SUBSCRIPTION =
      EntityTypeKey.create(SubscriptionCommand.class, "subscription");

  private static final int SHARDS = 256;

  /** Together they cover a subscription that is being recovered. */
  private static final int ATTEMPTS = 5;

  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final ActorRef<ShardingEnvelope<SubscriptionCommand>> subscriptions;
  private final ActorSystem<?> system;

  private SubscriptionSharding(
      ActorRef<ShardingEnvelope<SubscriptionCommand>> subscriptions, ActorSystem<?> system) {
    this.subscriptions = subscriptions;
    this.system = system;
  }

  /** To be called once on every node, with or without the role. */
  public static SubscriptionSharding start(
      ActorSystem<?> system, SubscriptionSurroundings surroundings) {
    Entity<SubscriptionCommand, ShardingEnvelope<SubscriptionCommand>> subscription =
        Entity.of(SUBSCRIPTION, context -> subscription(context, surroundings))
            .withSettings(RelaySharding.settings(system))
            .withMessageExtractor(new HashCodeMessageExtractor<SubscriptionCommand>(SHARDS))
            .withRole(RelaySharding.ROLE)
            .withStopMessage(SubscriptionEntity.stopMessage());
    return new SubscriptionSharding(ClusterSharding.get(system).init(subscription), system);
  }

  /** Under this id the journal keeps the subscription's events. */
  public static PersistenceId persistenceId(AccountId account) {
    return PersistenceId.of(SUBSCRIPTION.name(), account.value());
  }

  @Override
  public void tell(AccountId account, SubscriptionCommand command) {
    subscriptions.tell(new ShardingEnvelope<>(account.value(), command));
  }

  @Override
  public <R> CompletionStage<R> ask(
      AccountId account, Function<ActorRef<R>, SubscriptionCommand> question) {
    return Attempts.ask(
        ATTEMPTS,
        () ->
            AskPattern.ask(
                subscriptions,
                replyTo -> new ShardingEnvelope<>(account.value(), question.apply(replyTo)),
                PATIENCE,
                system.scheduler()));
  }

  private static Behavior<SubscriptionCommand> subscription(
      EntityContext<SubscriptionCommand> context, SubscriptionSurroundings surroundings) {
    AccountId account = new AccountId(context.getEntityId());
    return SubscriptionEntity.create(
        account, persistenceId(account), context.getShard(), surroundings);
  }
}
