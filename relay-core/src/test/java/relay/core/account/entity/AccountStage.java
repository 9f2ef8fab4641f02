package relay.core.account.entity;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.persistence.testkit.PersistenceTestKitPlugin;
import org.apache.pekko.persistence.testkit.PersistenceTestKitSnapshotPlugin;
import org.apache.pekko.persistence.testkit.javadsl.PersistenceTestKit;
import org.apache.pekko.persistence.typed.PersistenceId;
import relay.core.account.AccountAnswer;
import relay.core.account.AccountId;
import relay.core.account.AccountPolicy;

/** An actor system with a journal in memory, where one account is tried. */
final class AccountStage implements AutoCloseable {
  static final AccountId ACCOUNT = new AccountId("0123456789abcdef0123456789abcdef");
  static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  static final Duration GRACE = Duration.ofMinutes(5);
  static final AccountPolicy POLICY =
      new AccountPolicy(
          Duration.ofDays(30),
          Duration.ofDays(180),
          Duration.ofDays(365),
          GRACE,
          Duration.ofDays(30),
          16);
  static final Config CONFIG =
      ConfigFactory.parseString("pekko.cluster.jmx.enabled = off")
          .withFallback(PersistenceTestKitPlugin.getInstance().config())
          .withFallback(PersistenceTestKitSnapshotPlugin.config())
          .withFallback(ConfigFactory.load());

  final ActorTestKit kit = ActorTestKit.create("relay", CONFIG);
  final PersistenceTestKit journal = PersistenceTestKit.create(kit.system());
  final TestProbe<ClusterSharding.ShardCommand> shard = kit.createTestProbe();
  volatile Instant now = START;
  final ConcurrentLinkedQueue<ToAccount> announced = new ConcurrentLinkedQueue<>();
  final ConcurrentLinkedQueue<String> observed = new ConcurrentLinkedQueue<>();

  ActorRef<AccountCommand> account(Duration passivateAfter) {
    AccountSurroundings surroundings =
        new AccountSurroundings(
            POLICY,
            () -> now,
            (account, notice) -> announced.add(new ToAccount(account, notice)),
            new Notes(),
            Duration.ofSeconds(5),
            passivateAfter);
    return kit.spawn(AccountEntity.create(ACCOUNT, id(), shard.ref(), surroundings));
  }

  ActorRef<AccountCommand> account() {
    return account(Duration.ofHours(1));
  }

  /** What it answers; there must be one. */
  <A extends AccountAnswer> A ask(
      ActorRef<AccountCommand> account, Function<ActorRef<A>, AccountCommand> question) {
    TestProbe<A> asker = kit.createTestProbe();
    account.tell(question.apply(asker.ref()));
    return asker.receiveMessage();
  }

  /** The same account, rebuilt from what it has written. */
  ActorRef<AccountCommand> restarted(ActorRef<AccountCommand> account) {
    account.tell(AccountEntity.stopMessage());
    shard.expectTerminated(account);
    return account();
  }

  List<Object> written() {
    return journal.persistedInStorage(id().id());
  }

  static PersistenceId id() {
    return PersistenceId.of("account", ACCOUNT.value());
  }

  @Override
  public void close() {
    kit.shutdownTestKit();
  }

  private final class Notes implements AccountObserver {
    @Override
    public void woke() {
      observed.add("woke");
    }

    @Override
    public void tokenReused() {
      observed.add("token reused");
    }

    @Override
    public void erased() {
      observed.add("erased");
    }
  }
}
