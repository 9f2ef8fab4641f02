package relay.core.subscription.entity;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.persistence.testkit.PersistenceTestKitPlugin;
import org.apache.pekko.persistence.testkit.PersistenceTestKitSnapshotPlugin;
import org.apache.pekko.persistence.testkit.javadsl.PersistenceTestKit;
import org.apache.pekko.persistence.typed.PersistenceId;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import relay.core.account.AccountId;
import relay.core.account.entity.AccountNotice;
import relay.core.subscription.MeterId;
import relay.core.subscription.Spending;
import relay.core.subscription.SubscriptionEvent;
import relay.core.subscription.SubscriptionPolicy;
import relay.core.subscription.SubscriptionScene;

/**
 * One actor system with a journal in memory, where subscriptions are tried: one for all tests of a
 * class, each with an account of its own, since the journal's snapshots stay.
 */
final class SubscriptionStage implements BeforeEachCallback, AfterAllCallback {
  static final Duration NEVER = Duration.ofHours(1);
  static final Duration SOON = Duration.ofMillis(50);
  static final Instant START = SubscriptionScene.START;
  static final SubscriptionPolicy POLICY = SubscriptionScene.POLICY;

  static final Config CONFIG =
      ConfigFactory.parseString("pekko.cluster.jmx.enabled = off")
          .withFallback(PersistenceTestKitPlugin.getInstance().config())
          .withFallback(PersistenceTestKitSnapshotPlugin.config())
          .withFallback(ConfigFactory.load());

  final ActorTestKit kit = ActorTestKit.create("relay", CONFIG);
  final PersistenceTestKit journal = PersistenceTestKit.create(kit.system());
  final AtomicReference<Instant> time = new AtomicReference<>(START);
  final ConcurrentLinkedQueue<AccountNotice> announced = new ConcurrentLinkedQueue<>();
  TestProbe<ClusterSharding.ShardCommand> shard = kit.createTestProbe();
  private AccountId account = new AccountId("0".repeat(32));
  private int accounts;
  private int started;

  @Override
  public void afterAll(ExtensionContext context) {
    kit.shutdownTestKit();
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    accounts++;
    account = new AccountId("%032x".formatted(accounts));
    journal.resetPolicy();
    time.set(START);
    announced.clear();
    shard = kit.createTestProbe();
  }

  ActorRef<SubscriptionCommand> subscription() {
    return subscription(Duration.ZERO, NEVER);
  }

  ActorRef<SubscriptionCommand> subscription(Duration minWriteInterval, Duration passivateAfter) {
    started++;
    return kit.spawn(
        SubscriptionEntity.create(
            account, id(), shard.ref(), surroundings(minWriteInterval, passivateAfter)),
        "subscription-" + started);
  }

  SubscriptionSurroundings surroundings(Duration minWriteInterval, Duration passivateAfter) {
    return new SubscriptionSurroundings(
        POLICY, time::get, (_, notice) -> announced.add(notice), minWriteInterval, passivateAfter);
  }

  PersistenceId id() {
    return PersistenceId.of("subscription", account.value());
  }

  List<Object> written() {
    return journal.persistedInStorage(id().id());
  }

  void past(SubscriptionEvent... events) {
    journal.persistForRecovery(id().id(), List.of((Object[]) events));
  }

  void ends(ActorRef<SubscriptionCommand> subscription) {
    subscription.tell(SubscriptionEntity.stopMessage());
    shard.expectTerminated(subscription);
  }

  void erases(ActorRef<SubscriptionCommand> subscription) {
    TestProbe<SubscriptionCommand.Erased> asker = kit.createTestProbe();
    subscription.tell(new SubscriptionCommand.Erase(asker.ref()));
    asker.receiveMessage();
  }

  SubscriptionDescription describe(ActorRef<SubscriptionCommand> subscription) {
    TestProbe<SubscriptionDescription> asker = kit.createTestProbe();
    subscription.tell(new SubscriptionCommand.Describe(asker.ref()));
    return asker.receiveMessage();
  }

  static SubscriptionCommand.UseCredits report(
      long socket, long sequence, long frames, TestProbe<CreditReply> probe) {
    return new SubscriptionCommand.UseCredits(
        new MeterId("edge", socket), new Spending(sequence, frames, 0, false), 100, probe.ref());
  }
}
