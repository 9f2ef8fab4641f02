package relay.core.subscription.entity;

import static org.assertj.core.api.Assertions.assertThat;
import static relay.core.subscription.entity.SubscriptionStage.NEVER;
import static relay.core.subscription.entity.SubscriptionStage.SOON;
import static relay.core.subscription.entity.SubscriptionStage.START;
import static relay.core.subscription.entity.SubscriptionStage.report;

import java.time.Duration;
import org.apache.pekko.actor.testkit.typed.javadsl.LoggingTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import relay.core.account.entity.AccountNotice;
import relay.core.subscription.MeterId;
import relay.core.subscription.Spending;
import relay.core.subscription.SubscriptionEvent;
import relay.core.subscription.Tier;

/** What a subscription writes, when it answers, and when it leaves memory. */
class SubscriptionEntityTest {
  private static SubscriptionStage stage;

  private TestProbe<CreditReply> socket;

  @BeforeAll
  static void start() {
    stage = new SubscriptionStage();
  }

  @AfterAll
  static void stop() {
    stage.kit.shutdownTestKit();
  }

  @BeforeEach
  void reset() {
    stage.reset();
    socket = stage.kit.createTestProbe();
  }

  @Test
  void aLeaseIsAnsweredAndNotWritten() {
    stage.subscription().tell(report(1, 1, 0, socket));

    socket.expectMessage(new CreditReply.Leased(1, 100));
    assertThat(stage.written()).isEmpty();
  }

  @Test
  void aReportIsWrittenWhenItIsAnswered() {
    stage.subscription().tell(report(1, 1, 7, socket));

    socket.expectMessage(new CreditReply.Leased(1, 100));
    assertThat(stage.written()).hasSize(1);
  }

  @Test
  void aReportThatCouldNotBeWrittenIsNotAnsweredAndCountsWhenItIsRepeated() {
    ActorRef<SubscriptionCommand> subscription = stage.subscription();
    stage.journal.failNextPersisted();
    subscription.tell(report(1, 1, 7, socket));
    socket.expectNoMessage();

    subscription.tell(report(1, 1, 7, socket));
    socket.expectMessage(new CreditReply.Leased(1, 100));
    assertThat(stage.describe(subscription).balance().window().spent().total()).isEqualTo(7);
  }

  @Test
  void reportsThatFollowSoonShareAWrite() {
    ActorRef<SubscriptionCommand> subscription = stage.subscription(NEVER, NEVER);
    subscription.tell(report(1, 1, 1, socket));
    socket.expectMessage(new CreditReply.Leased(1, 100));

    subscription.tell(report(1, 2, 1, socket));
    subscription.tell(report(2, 1, 1, socket));
    subscription.tell(report(2, 1, 1, socket));
    socket.expectNoMessage();
    assertThat(stage.written()).hasSize(1);

    TestProbe<RoomReply> mac = stage.kit.createTestProbe();
    subscription.tell(new SubscriptionCommand.AcquireRoom("room", mac.ref()));
    mac.expectMessage(new RoomReply.RoomGranted(-1));
    assertThat(socket.receiveSeveralMessages(3))
        .extracting(CreditReply::sequence)
        .containsExactly(2L, 1L, 1L);
    assertThat(stage.written()).hasSize(4);
  }

  @Test
  void whoHasSpentNothingDoesNotWaitForWhatOthersSpent() {
    ActorRef<SubscriptionCommand> subscription = stage.subscription(NEVER, NEVER);
    subscription.tell(report(1, 1, 1, socket));
    socket.expectMessage(new CreditReply.Leased(1, 100));
    subscription.tell(report(1, 2, 1, socket));

    TestProbe<CreditReply> newcomer = stage.kit.createTestProbe();
    subscription.tell(report(2, 1, 0, newcomer));

    newcomer.expectMessage(new CreditReply.Leased(1, 100));
    assertThat(stage.written()).hasSize(1);
  }

  @Test
  void socketsThatHaveEndedMakePlaceForOthersWhateverTheyOweInTheEnd() {
    ActorRef<SubscriptionCommand> subscription = stage.subscription();
    for (int number = 1; number <= 300; number++) {
      subscription.tell(report(number, 1, 1, socket));
      assertThat(socket.receiveMessage()).isInstanceOf(CreditReply.Leased.class);
      Spending nothing = new Spending(2, 0, 0, true);
      subscription.tell(
          new SubscriptionCommand.UseCredits(
              new MeterId("edge", number), nothing, 0, socket.ref()));
      socket.expectMessage(new CreditReply.Leased(2, 0));
    }
    assertThat(stage.describe(subscription).balance().window().spent().total()).isEqualTo(300);
  }

  @Test
  void aReportThatWaitsIsWrittenInTheEnd() {
    ActorRef<SubscriptionCommand> subscription = stage.subscription(SOON, NEVER);
    subscription.tell(report(1, 1, 1, socket));
    subscription.tell(report(1, 2, 1, socket));

    assertThat(socket.receiveSeveralMessages(2))
        .extracting(CreditReply::sequence)
        .containsExactly(1L, 2L);
  }

  @Test
  void whatWaitsIsWrittenBeforeItEnds() {
    ActorRef<SubscriptionCommand> subscription = stage.subscription(NEVER, NEVER);
    subscription.tell(report(1, 1, 1, socket));
    subscription.tell(report(1, 2, 1, socket));
    stage.ends(subscription);

    assertThat(socket.receiveSeveralMessages(2)).hasSize(2);
    assertThat(stage.written()).hasSize(2);
  }

  @Test
  void aReportThatIsRepeatedAfterRecoveryCountsOnce() {
    ActorRef<SubscriptionCommand> subscription = stage.subscription();
    subscription.tell(report(1, 1, 7, socket));
    socket.expectMessageClass(CreditReply.Leased.class);
    stage.ends(subscription);

    ActorRef<SubscriptionCommand> recovered = stage.subscription();
    recovered.tell(report(1, 1, 7, socket));
    socket.expectMessageClass(CreditReply.Leased.class);
    assertThat(stage.describe(recovered).balance().window().spent().total()).isEqualTo(7);
  }

  @Test
  void whoSpentTheLastCreditIsToldAndSoAreAllSocketsOfTheAccount() {
    ActorRef<SubscriptionCommand> subscription = stage.subscription();
    subscription.tell(report(1, 1, 999, socket));
    socket.expectMessage(new CreditReply.Leased(1, 1));
    assertThat(stage.announced).isEmpty();

    subscription.tell(report(1, 2, 4, socket));
    CreditReply.Exhausted told = socket.expectMessageClass(CreditReply.Exhausted.class);
    assertThat(told.quota().usage()).isEqualTo(1_003);
    assertThat(stage.announced).containsExactly(new AccountNotice.OutOfCredits(told.quota()));

    subscription.tell(report(2, 1, 1, socket));
    socket.expectMessageClass(CreditReply.Exhausted.class);
    assertThat(stage.announced).as("at once, one announcement reaches all").hasSize(1);

    stage.time.set(START.plusSeconds(2));
    subscription.tell(report(3, 1, 1, socket));
    socket.expectMessageClass(CreditReply.Exhausted.class);
    assertThat(stage.announced).as("who was missed is told again").hasSize(2);
  }

  @Test
  void anOperatorWhoLowersTheQuotaEndsWhatIsUnderWay() {
    ActorRef<SubscriptionCommand> subscription = stage.subscription();
    subscription.tell(report(1, 1, 50, socket));
    TestProbe<SubscriptionDescription> operator = stage.kit.createTestProbe();
    subscription.tell(new SubscriptionCommand.SetQuota(50, operator.ref()));

    assertThat(operator.receiveMessage().quotaOverride()).isEqualTo(50);
    assertThat(stage.announced).hasSize(1);
  }

  @Test
  void whoOnlyAsksWhetherThereAreCreditsDisturbsNobody() {
    ActorRef<SubscriptionCommand> subscription = stage.subscription();
    subscription.tell(report(1, 1, 1_000, socket));
    socket.expectMessageClass(CreditReply.Exhausted.class);
    stage.announced.clear();
    stage.time.set(START.plusSeconds(8));

    SubscriptionCommand.UseCredits question = report(2, 1, 0, socket);
    subscription.tell(
        new SubscriptionCommand.UseCredits(
            question.meter(), question.spending(), 0, question.replyTo()));
    socket.expectMessageClass(CreditReply.Exhausted.class);
    assertThat(stage.announced).isEmpty();
  }

  @Test
  void aRoomIsGrantedForGood() {
    ActorRef<SubscriptionCommand> subscription = stage.subscription();
    TestProbe<RoomReply> mac = stage.kit.createTestProbe();
    for (String room : new String[] {"a", "b", "c", "d"}) {
      subscription.tell(new SubscriptionCommand.AcquireRoom(room, mac.ref()));
      mac.expectMessage(new RoomReply.RoomGranted(-1));
    }
    stage.ends(subscription);

    ActorRef<SubscriptionCommand> recovered = stage.subscription();
    recovered.tell(new SubscriptionCommand.AcquireRoom("e", mac.ref()));
    mac.expectMessage(new RoomReply.RoomLimit(4, 4));
    recovered.tell(new SubscriptionCommand.AcquireRoom("d", mac.ref()));
    mac.expectMessage(new RoomReply.RoomGranted(-1));
  }

  @Test
  void aMacThatLeavesIsWrittenWithWhatHappensNext() {
    stage.past(new SubscriptionEvent.RoomLeased("room", START));
    ActorRef<SubscriptionCommand> subscription = stage.subscription();
    stage.time.set(START.plusSeconds(60));
    subscription.tell(new SubscriptionCommand.MacLeft("room"));
    assertThat(stage.describe(subscription).rooms().getFirst().seenAt())
        .isEqualTo(START.plusSeconds(60));
    assertThat(stage.written()).hasSize(1);

    subscription.tell(report(1, 1, 1, socket));
    socket.expectMessageClass(CreditReply.Leased.class);
    assertThat(stage.written()).hasSize(3);
  }

  @Test
  void itIsRecoveredFromASnapshotOnceItsFirstEventsAreGone() {
    ActorRef<SubscriptionCommand> subscription = stage.subscription();
    TestProbe<SubscriptionDescription> operator = stage.kit.createTestProbe();
    subscription.tell(new SubscriptionCommand.GrantTier(Tier.PRO, null, operator.ref()));
    subscription.tell(new SubscriptionCommand.Welcome(operator.ref()));
    for (int sequence = 1; sequence <= 350; sequence++) {
      subscription.tell(report(1, sequence, 1, socket));
      socket.expectMessageClass(CreditReply.Leased.class);
    }
    socket.awaitAssert(
        () -> {
          assertThat(stage.written()).hasSizeLessThan(300);
          return null;
        });
    SubscriptionDescription before = stage.describe(subscription);
    stage.ends(subscription);

    assertThat(stage.describe(stage.subscription())).isEqualTo(before);
    assertThat(before.tier()).isEqualTo(Tier.PRO);
    assertThat(before.balance().bonus()).extracting("used").isEqualTo(350L);
  }

  @Test
  void ofAnErasedSubscriptionOnlyThatIsLeftAndNothingHappensToIt() {
    ActorRef<SubscriptionCommand> subscription = stage.subscription(NEVER, NEVER);
    TestProbe<RoomReply> mac = stage.kit.createTestProbe();
    subscription.tell(new SubscriptionCommand.AcquireRoom("room", mac.ref()));
    subscription.tell(report(1, 1, 7, socket));
    subscription.tell(report(1, 2, 7, socket));
    subscription.tell(new SubscriptionCommand.MacLeft("room"));

    stage.erases(subscription);

    SubscriptionEvent end = new SubscriptionEvent.SubscriptionErased(START);
    assertThat(stage.written()).containsExactly(end);
    assertThat(socket.receiveSeveralMessages(2)).as("they were counted").hasSize(2);
    nothingHappensTo(subscription);
    stage.ends(subscription);
    ActorRef<SubscriptionCommand> recovered = stage.subscription();
    nothingHappensTo(recovered);
    stage.erases(recovered);
    assertThat(stage.written()).containsExactly(end);
  }

  private void nothingHappensTo(ActorRef<SubscriptionCommand> erased) {
    TestProbe<RoomReply> mac = stage.kit.createTestProbe();
    TestProbe<SubscriptionDescription> asker = stage.kit.createTestProbe();
    erased.tell(report(1, 3, 7, socket));
    socket.expectMessage(new CreditReply.TooManySockets(3));
    erased.tell(new SubscriptionCommand.AcquireRoom("room", mac.ref()));
    mac.expectMessage(new RoomReply.RoomLimit(0, 0));
    erased.tell(new SubscriptionCommand.MacLeft("room"));
    erased.tell(new SubscriptionCommand.Welcome(asker.ref()));
    erased.tell(new SubscriptionCommand.GrantTier(Tier.PRO, null, asker.ref()));
    assertThat(asker.receiveSeveralMessages(2).getLast().tier()).isEqualTo(Tier.FREE);
    assertThat(stage.describe(erased).rooms()).isEmpty();
    assertThat(stage.written()).hasSize(1);
  }

  @Test
  void anErasureThatTheJournalDidNotCarryOutIsNotAnsweredAndIsRepeated() {
    ActorRef<SubscriptionCommand> subscription = stage.subscription();
    subscription.tell(report(1, 1, 7, socket));
    socket.expectMessageClass(CreditReply.Leased.class);
    stage.journal.failNextDelete();
    TestProbe<SubscriptionCommand.Erased> asker = stage.kit.createTestProbe();

    LoggingTestKit.warn("subscription_not_erased")
        .expect(
            stage.kit.system(),
            () -> {
              subscription.tell(new SubscriptionCommand.Erase(asker.ref()));
              return null;
            });

    asker.expectNoMessage();
    stage.erases(subscription);
    assertThat(stage.written()).hasSize(1);
  }

  @Test
  void whoIsAskedNothingLeavesMemory() {
    ActorRef<SubscriptionCommand> subscription = stage.subscription(Duration.ZERO, SOON);

    assertThat(stage.shard.expectMessageClass(ClusterSharding.Passivate.class))
        .isEqualTo(new ClusterSharding.Passivate<>(subscription));
  }
}
