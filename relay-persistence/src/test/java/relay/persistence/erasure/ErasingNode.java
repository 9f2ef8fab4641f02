package relay.persistence.erasure;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.FishingOutcomes;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorRefResolver;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Join;
import relay.core.account.AccountAnswer;
import relay.core.account.AccountId;
import relay.core.account.AccountPolicy;
import relay.core.account.ApiKey;
import relay.core.account.Fate;
import relay.core.account.Identity;
import relay.core.account.NewCredentials;
import relay.core.account.PersonalDetails;
import relay.core.account.RefreshToken;
import relay.core.account.entity.AccountCommand;
import relay.core.account.entity.AccountObserver;
import relay.core.account.entity.AccountSurroundings;
import relay.core.account.entity.Accounts;
import relay.core.directory.RoomOwners;
import relay.core.protocol.Keys;
import relay.core.room.CloseCause;
import relay.core.room.Dialect;
import relay.core.room.Registration;
import relay.core.room.RoomKey;
import relay.core.room.RoomPolicy;
import relay.core.room.SecretHash;
import relay.core.room.SocketAddress;
import relay.core.room.entity.EdgeCommand;
import relay.core.room.entity.RoomCommand;
import relay.core.room.entity.RoomNotice;
import relay.core.room.entity.RoomSurroundings;
import relay.core.room.entity.Rooms;
import relay.core.settings.RelaySettings;
import relay.core.sharding.ErasureSweep;
import relay.core.sharding.RelaySharding;
import relay.core.sharding.ShardedAccounts;
import relay.core.sharding.SubscriptionSharding;
import relay.core.subscription.SubscriptionPolicy;
import relay.core.subscription.entity.RoomReply;
import relay.core.subscription.entity.SubscriptionCommand;
import relay.core.subscription.entity.SubscriptionDescription;
import relay.core.subscription.entity.SubscriptionSurroundings;
import relay.core.subscription.entity.Subscriptions;
import relay.persistence.JournalNode;
import relay.persistence.QueryPool;
import relay.persistence.Storage;
import relay.persistence.tables.JdbcCredentialIndex;
import relay.persistence.tables.JdbcDueDeletions;
import relay.persistence.tables.JdbcPurchaseIndex;
import relay.persistence.tables.JdbcRoomOwners;

/** A lone node with everything an account leaves traces in, and a sweep that never rests. */
final class ErasingNode implements AutoCloseable {
  static final AccountId ACCOUNT = new AccountId("0123456789abcdef0123456789abcdef");
  static final String EMAIL = "ada@example.org";

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration ALWAYS = Duration.ofMillis(50);
  private static final Identity IDENTITY = new Identity("github", "583231");
  private static final int MORE_THAN_A_SNAPSHOT = 120;

  private final ActorTestKit kit;
  private final QueryPool tables;
  private final AtomicReference<Instant> now = new AtomicReference<>(START);
  private final AtomicInteger erased = new AtomicInteger();
  private final TestProbe<EdgeCommand> edge;
  private final Rooms rooms;
  private final Accounts accounts;
  private final Subscriptions subscriptions;
  private final JdbcDueDeletions deletions;
  private final JdbcCredentialIndex index;
  private final AtomicInteger roomsAsked = new AtomicInteger();
  private volatile boolean isDying;

  private ErasingNode(ActorTestKit kit, Storage storage, RelaySettings settings) {
    this.kit = kit;
    tables = QueryPool.openForWrites(storage);
    edge = kit.createTestProbe();
    deletions = new JdbcDueDeletions(tables);
    index = new JdbcCredentialIndex(tables);
    Cluster cluster = Cluster.get(kit.system());
    cluster.manager().tell(Join.create(cluster.selfMember().address()));
    rooms =
        RelaySharding.start(
            kit.system(),
            RoomSurroundings.of(
                Map.of(Dialect.TERMONMAC, RoomPolicy.termonmac()),
                now::get,
                JournalNode.unobserved(),
                PATIENCE));
    accounts =
        ShardedAccounts.start(
            kit.system(),
            new AccountSurroundings(
                AccountPolicy.of(settings.account()),
                now::get,
                (_, _) -> {},
                observer(),
                PATIENCE,
                PATIENCE));
    subscriptions =
        SubscriptionSharding.start(
            kit.system(),
            new SubscriptionSurroundings(
                SubscriptionPolicy.of(settings.subscription(), settings.tiers(), settings.store()),
                now::get,
                (_, _) -> {},
                Duration.ZERO,
                PATIENCE));
    ErasureSweep.start(
        kit.system(),
        new ErasureSweep.Surroundings(deletions, now::get, observer(), ALWAYS),
        new ErasureSweep.Belongings(accounts, subscriptions, owners(), index));
  }

  static ErasingNode start(Storage storage) {
    Config config =
        ConfigFactory.parseMap(storage.overrides())
            .withFallback(ConfigFactory.parseString("pekko.remote.artery.canonical.port = 0"))
            .withFallback(ConfigFactory.parseString("pekko.cluster.roles = [room]"))
            .withFallback(ConfigFactory.parseResources("storage.conf"))
            .withFallback(ConfigFactory.load());
    return new ErasingNode(
        ActorTestKit.create("relay", config), storage, RelaySettings.from(config));
  }

  /** Somebody signs in, buys, has a Mac connected and another one that was, and spends. */
  void livesALife() {
    PersonalDetails ada = new PersonalDetails(EMAIL, "Ada", null);
    join(index.claim(IDENTITY, EMAIL, ACCOUNT));
    for (int i = 0; i < MORE_THAN_A_SNAPSHOT; i++) {
      this.<AccountAnswer.ToSignIn>ask(it -> new AccountCommand.SignIn(IDENTITY, ada, it));
    }
    Random random = new Random(1);
    NewCredentials minted = NewCredentials.of(ApiKey.mint(random), RefreshToken.mint(random));
    join(index.add(ACCOUNT, List.of(minted.key(), minted.lineage())));
    this.<AccountAnswer.ToIssue>ask(it -> new AccountCommand.Issue(minted, it));
    join(new JdbcPurchaseIndex(tables).claim("2000000000000001", ACCOUNT));
    for (int i = 0; i < MORE_THAN_A_SNAPSHOT; i++) {
      long quota = i + 1L;
      this.<SubscriptionDescription>askSubscription(
          it -> new SubscriptionCommand.SetQuota(quota, it));
    }
    registers("connected", 1);
    registers("left", 2);
    rooms.tell(
        new RoomKey(Dialect.TERMONMAC, "left"),
        new RoomCommand.Detach(socket(2), CloseCause.PEER_CLOSED, 1000));
  }

  private void registers(String room, long number) {
    join(new JdbcRoomOwners(tables).add(ACCOUNT, room));
    this.<RoomReply>askSubscription(it -> new SubscriptionCommand.AcquireRoom(room, it));
    Keys keys = new Keys("mac-" + room, "nonce", "ephemeral");
    rooms.tell(
        new RoomKey(Dialect.TERMONMAC, room),
        new RoomCommand.AttachAgent(
            socket(number),
            "mac-" + number,
            new Registration(ACCOUNT, SecretHash.ofSent("secret"), keys, null),
            0));
    told(RoomNotice.AgentGranted.class);
  }

  void isDeleted() {
    join(deletions.put(ACCOUNT, Fate.dueAt(now.get())));
    ask(AccountCommand.Delete::new);
  }

  void isRestored() {
    ask(AccountCommand.Restore::new);
  }

  void passes(Duration time) {
    now.updateAndGet(it -> it.plus(time));
  }

  /** Rounds go by, and the account is still there or was never looked at. */
  void isKept() {
    kit.createTestProbe()
        .awaitAssert(
            PATIENCE,
            () -> {
              assertThat(join(deletions.due(now.get(), 10))).isEmpty();
              return null;
            });
    assertThat(erased).hasValue(0);
  }

  /** The sweep has found it by itself, in a later round if an attempt has failed. */
  void isErased() {
    kit.createTestProbe()
        .awaitAssert(
            PATIENCE,
            () -> {
              passes(ALWAYS);
              assertThat(erased).hasValue(1);
              return null;
            });
  }

  /** Once that much time has passed the first step is done, and the next one never happens. */
  void diesWithinAnErasure(Duration time) {
    isDying = true;
    passes(time);
    kit.createTestProbe()
        .awaitAssert(
            PATIENCE,
            () -> {
              assertThat(roomsAsked).hasPositiveValue();
              return null;
            });
  }

  <T extends RoomNotice> T told(Class<T> kind) {
    List<EdgeCommand> told =
        edge.fishForMessage(
            PATIENCE,
            notice ->
                kind.isInstance(notice)
                    ? FishingOutcomes.complete()
                    : FishingOutcomes.continueAndIgnore());
    return kind.cast(told.getLast());
  }

  @Override
  public void close() {
    kit.shutdownTestKit();
    tables.close();
  }

  private SocketAddress socket(long number) {
    return new SocketAddress(
        ActorRefResolver.get(kit.system()).toSerializationFormat(edge.ref()), number);
  }

  private <A extends AccountAnswer> void ask(Function<ActorRef<A>, AccountCommand> what) {
    assertThat(join(accounts.ask(ACCOUNT, what))).isNotInstanceOf(AccountAnswer.Unknown.class);
  }

  private <A> A askSubscription(Function<ActorRef<A>, SubscriptionCommand> what) {
    return join(subscriptions.ask(ACCOUNT, what));
  }

  /** Where rooms are found, until the node dies. */
  private RoomOwners owners() {
    JdbcRoomOwners stored = new JdbcRoomOwners(tables);
    return new RoomOwners() {
      @Override
      public CompletionStage<?> add(AccountId owner, String roomId) {
        return stored.add(owner, roomId);
      }

      @Override
      public CompletionStage<List<String>> some(AccountId owner, int limit) {
        roomsAsked.incrementAndGet();
        return isDying ? new CompletableFuture<>() : stored.some(owner, limit);
      }

      @Override
      public CompletionStage<?> remove(AccountId owner, Collection<String> roomIds) {
        return stored.remove(owner, roomIds);
      }
    };
  }

  private AccountObserver observer() {
    return new AccountObserver() {
      @Override
      public void woke() {}

      @Override
      public void tokenReused() {}

      @Override
      public void erased() {
        erased.incrementAndGet();
      }
    };
  }

  private static <T> T join(CompletionStage<T> stage) {
    return stage.toCompletableFuture().join();
  }
}
