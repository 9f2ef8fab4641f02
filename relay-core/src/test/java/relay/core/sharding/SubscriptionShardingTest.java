package relay.core.sharding;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.cluster.MemberStatus;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Join;
import org.apache.pekko.persistence.testkit.PersistenceTestKitPlugin;
import org.apache.pekko.persistence.testkit.PersistenceTestKitSnapshotPlugin;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import relay.core.account.AccountId;
import relay.core.subscription.MeterId;
import relay.core.subscription.Spending;
import relay.core.subscription.SubscriptionScene;
import relay.core.subscription.entity.CreditReply;
import relay.core.subscription.entity.RoomReply;
import relay.core.subscription.entity.SubscriptionCommand;
import relay.core.subscription.entity.SubscriptionSurroundings;
import relay.core.subscription.entity.Subscriptions;

/** One subscription for the whole cluster, whichever node asks it. */
class SubscriptionShardingTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final AccountId ACCOUNT = new AccountId("0123456789abcdef0123456789abcdef");
  private static final Config CONFIG =
      ConfigFactory.parseString("pekko.cluster.jmx.enabled = off")
          .withFallback(PersistenceTestKitPlugin.getInstance().config())
          .withFallback(PersistenceTestKitSnapshotPlugin.config())
          .withFallback(ConfigFactory.load());

  private final ActorTestKit one = ActorTestKit.create("relay", CONFIG);
  private final ActorTestKit other = ActorTestKit.create("relay", CONFIG);
  private final List<Subscriptions> nodes = new ArrayList<>();

  @BeforeEach
  void formACluster() {
    Cluster first = Cluster.get(one.system());
    first.manager().tell(new Join(first.selfMember().address()));
    Cluster second = Cluster.get(other.system());
    second.manager().tell(new Join(first.selfMember().address()));
    other
        .createTestProbe()
        .awaitAssert(
            PATIENCE, () -> assertThat(second.selfMember().status()).isEqualTo(MemberStatus.up()));
    nodes.add(SubscriptionSharding.start(one.system(), surroundings()));
    nodes.add(SubscriptionSharding.start(other.system(), surroundings()));
    nodes.forEach(this::awaitAnswer);
  }

  private void awaitAnswer(Subscriptions node) {
    one.createTestProbe()
        .awaitAssert(
            PATIENCE,
            () ->
                assertThat(node.ask(ACCOUNT, SubscriptionCommand.Describe::new))
                    .succeedsWithin(PATIENCE));
  }

  @AfterEach
  void stop() {
    other.shutdownTestKit();
    one.shutdownTestKit();
  }

  @Test
  void nodesThatRaceForTheLastRoomsGetNoneTooMany() {
    List<CompletableFuture<RoomReply>> answers = new ArrayList<>();
    for (int room = 0; room < 40; room++) {
      String id = "room-" + room;
      answers.add(
          nodes
              .get(room % 2)
              .<RoomReply>ask(ACCOUNT, replyTo -> new SubscriptionCommand.AcquireRoom(id, replyTo))
              .toCompletableFuture());
    }

    assertThat(answers.stream().map(CompletableFuture::join))
        .filteredOn(RoomReply.RoomGranted.class::isInstance)
        .hasSize(4);
    assertThat(answers.stream().map(CompletableFuture::join))
        .filteredOn(RoomReply.RoomLimit.class::isInstance)
        .hasSize(36)
        .containsOnly(new RoomReply.RoomLimit(4, 4));
  }

  @Test
  void socketsOfBothNodesSpendTheSameCredits() {
    for (int report = 1; report <= 5; report++) {
      spends(nodes.getFirst(), 1, report, 100);
      spends(nodes.getLast(), 2, report, 100);
    }

    assertThat(spends(nodes.getLast(), 2, 6, 0)).isInstanceOf(CreditReply.Exhausted.class);
  }

  private static CreditReply spends(Subscriptions node, long socket, long sequence, long frames) {
    return node.<CreditReply>ask(
            ACCOUNT,
            replyTo ->
                new SubscriptionCommand.UseCredits(
                    new MeterId("edge", socket),
                    new Spending(sequence, frames, 0, false),
                    100,
                    replyTo))
        .toCompletableFuture()
        .join();
  }

  private static SubscriptionSurroundings surroundings() {
    return new SubscriptionSurroundings(
        SubscriptionScene.POLICY,
        () -> SubscriptionScene.START,
        (_, _) -> {},
        Duration.ZERO,
        Duration.ofMinutes(2));
  }
}
