package relay.persistence;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.FishingOutcomes;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorRefResolver;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import relay.core.account.AccountAnswer;
import relay.core.account.AccountId;
import relay.core.account.entity.AccountCommand;
import relay.core.account.entity.AccountEntity;
import relay.core.account.entity.AccountObserver;
import relay.core.account.entity.AccountSurroundings;
import relay.core.room.Dialect;
import relay.core.room.Refusal;
import relay.core.room.RoomKey;
import relay.core.room.RoomPolicy;
import relay.core.room.SocketAddress;
import relay.core.room.entity.EdgeCommand;
import relay.core.room.entity.RoomCommand;
import relay.core.room.entity.RoomEntity;
import relay.core.room.entity.RoomNotice;
import relay.core.room.entity.RoomObserver;
import relay.core.room.entity.RoomSurroundings;
import relay.core.settings.RelaySettings;
import relay.core.sharding.RelaySharding;
import relay.core.sharding.ShardedAccounts;
import relay.core.sharding.SubscriptionSharding;
import relay.core.subscription.SubscriptionPolicy;
import relay.core.subscription.entity.SubscriptionCommand;
import relay.core.subscription.entity.SubscriptionEntity;
import relay.core.subscription.entity.SubscriptionSurroundings;

/** A node as far as its journal is concerned: real rooms on a real database, and one edge. */
public final class JournalNode implements AutoCloseable {
  private static final String OWN_PORT = "pekko.remote.artery.canonical.port = 0";

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final ActorTestKit kit;
  private final TestProbe<EdgeCommand> edge;
  private final RoomSurroundings surroundings;
  private long sockets;

  private JournalNode(ActorTestKit kit, RoomSurroundings surroundings) {
    this.kit = kit;
    this.surroundings = surroundings;
    edge = kit.createTestProbe();
  }

  /** The configuration is put together as {@code application.conf} does it. */
  public static JournalNode start(Storage storage) {
    Config config =
        ConfigFactory.parseMap(storage.overrides())
            .withFallback(ConfigFactory.parseString(OWN_PORT))
            .withFallback(ConfigFactory.parseResources("storage.conf"))
            .withFallback(ConfigFactory.load());
    RoomPolicy policy = RoomPolicy.pyrycode(RelaySettings.from(config).pyrycode());
    RoomSurroundings surroundings =
        RoomSurroundings.of(
            Map.of(Dialect.PYRYCODE, policy, Dialect.TERMONMAC, RoomPolicy.termonmac()),
            InstantSource.system(),
            new Unobserved(),
            Duration.ofMinutes(1));
    return new JournalNode(ActorTestKit.create("relay", config), surroundings);
  }

  public ActorSystem<?> system() {
    return kit.system();
  }

  /** Starts the room, or finds it in the journal. */
  public ActorRef<RoomCommand> room(RoomKey key) {
    ActorRef<ClusterSharding.ShardCommand> shard =
        kit.<ClusterSharding.ShardCommand>createTestProbe().ref();
    return kit.spawn(RoomEntity.create(key, RelaySharding.persistenceId(key), shard, surroundings));
  }

  /** Starts the account, or finds it in the journal. */
  public ActorRef<AccountCommand> account(AccountId id, InstantSource clock) {
    ActorRef<ClusterSharding.ShardCommand> shard =
        kit.<ClusterSharding.ShardCommand>createTestProbe().ref();
    AccountSurroundings accounts =
        AccountSurroundings.of(
            RelaySettings.from(ConfigFactory.load()).account(),
            clock,
            (_, _) -> {},
            new UnobservedAccounts());
    return kit.spawn(AccountEntity.create(id, ShardedAccounts.persistenceId(id), shard, accounts));
  }

  /** Starts the account's subscription, or finds it in the journal; it writes without delay. */
  public ActorRef<SubscriptionCommand> subscription(AccountId id, InstantSource clock) {
    RelaySettings settings = RelaySettings.from(ConfigFactory.load());
    SubscriptionSurroundings subscriptions =
        new SubscriptionSurroundings(
            SubscriptionPolicy.of(settings.subscription(), settings.tiers(), settings.store()),
            clock,
            (_, _) -> {},
            Duration.ZERO,
            Duration.ofMinutes(1));
    return kit.spawn(
        SubscriptionEntity.create(
            id,
            SubscriptionSharding.persistenceId(id),
            kit.<ClusterSharding.ShardCommand>createTestProbe().ref(),
            subscriptions));
  }

  /** What a subscription answers; there must be an answer. */
  public <A> A askSubscription(
      ActorRef<SubscriptionCommand> subscription,
      Function<ActorRef<A>, SubscriptionCommand> question) {
    TestProbe<A> asker = kit.createTestProbe();
    subscription.tell(question.apply(asker.ref()));
    return asker.receiveMessage(PATIENCE);
  }

  /** What an account answers; there must be an answer. */
  public <A extends AccountAnswer> A ask(
      ActorRef<AccountCommand> account, Function<ActorRef<A>, AccountCommand> question) {
    TestProbe<A> asker = kit.createTestProbe();
    account.tell(question.apply(asker.ref()));
    return asker.receiveMessage(PATIENCE);
  }

  /** A socket that an edge of this node has just accepted. */
  public SocketAddress socket() {
    return new SocketAddress(
        ActorRefResolver.get(kit.system()).toSerializationFormat(edge.ref()), ++sockets);
  }

  /** Waits until the edge is told something of this kind, whatever else it is told before. */
  public <T extends RoomNotice> T told(Class<T> kind) {
    List<EdgeCommand> told =
        edge.fishForMessage(
            PATIENCE,
            notice ->
                kind.isInstance(notice)
                    ? FishingOutcomes.complete()
                    : FishingOutcomes.continueAndIgnore());
    return kind.cast(told.getLast());
  }

  public <T> TestProbe<T> probe() {
    return kit.createTestProbe();
  }

  /** Ends the system and closes its database. */
  @Override
  public void close() {
    kit.shutdownTestKit();
  }

  /** For those who start rooms themselves. */
  public static RoomObserver unobserved() {
    return new Unobserved();
  }

  private record UnobservedAccounts() implements AccountObserver {
    @Override
    public void woke() {}

    @Override
    public void tokenReused() {}

    @Override
    public void erased() {}
  }

  private record Unobserved() implements RoomObserver {
    @Override
    public void woke(RoomKey room) {}

    @Override
    public void wrote(RoomKey room, Duration took) {}

    @Override
    public void refused(RoomKey room, Refusal why) {}

    @Override
    public void graceExpired(RoomKey room) {}

    @Override
    public void edgeSilent(RoomKey room) {}
  }
}
