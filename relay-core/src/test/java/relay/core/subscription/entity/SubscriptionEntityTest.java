package relay.core.subscription.entity;

import static org.assertj.core.api.Assertions.assertThat;
import static relay.core.subscription.entity.SubscriptionStage.NEVER;
import static relay.core.subscription.entity.SubscriptionStage.SOON;
import static relay.core.subscription.entity.SubscriptionStage.START;
import static relay.core.subscription.entity.SubscriptionStage.report;

import java.time.Duration;
import java.util.Collection;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import relay.core.account.entity.AccountNotice;
import relay.core.subscription.MeterId;
import relay.core.subscription.Spending;
import relay.core.subscription.SubscriptionEvent;
import relay.core.subscription.Tier;

/** What a subscription writes, when it answers, and when it leaves memory. */
class SubscriptionEntityTest {
  @RegisterExtension static final SubscriptionStage STAGE = new SubscriptionStage();

  private TestProbe<CreditReply> socket;

  @BeforeEach
  void socket() {
    socket = STAGE.kit.createTestProbe();
  }

  @Test
  void aLeaseIsAnsweredAndNotWritten() {
    STAGE.subscription().tell(report(1, 1, 0, socket));

    socket.expectMessage(new CreditReply.Leased(1, 100));
    assertThat(STAGE.written()).isEmpty();
  }

  @Test
  void aReportIsWrittenWhenItIsAnswered() {
    STAGE.subscription().tell(report(1, 1, 7, socket));

    socket.expectMessage(new CreditReply.Leased(1, 100));
    assertThat(STAGE.written()).hasSize(1);
  }

  @Test
  void aReportThatCouldNotBeWrittenIsNotAnsweredAndCountsWhenItIsRepeated() {
    ActorRef<SubscriptionCommand> subscription = STAGE.subscription();
    STAGE.journal.failNextPersisted(STAGE.id().id());
    subscription.tell(report(1, 1, 7, socket));
    socket.expectNoMessage();

    subscription.tell(report(1, 1, 7, socket));
    socket.expectMessage(new CreditReply.Leased(1, 100));
    assertThat(STAGE.describe(subscription).balance().window().spent().total()).isEqualTo(7);
  }

  @Test
  void reportsThatFollowSoonShareAWrite() {
    ActorRef<SubscriptionCommand> subscription = STAGE.subscription(NEVER, NEVER);
    subscription.tell(report(1, 1, 1, socket));
    socket.expectMessage(new CreditReply.Leased(1, 100));

    subscription.tell(report(1, 2, 1, socket));
    subscription.tell(report(2, 1, 1, socket));
    subscription.tell(report(2, 1, 1, socket));
    socket.expectNoMessage();
    assertThat(STAGE.written()).hasSize(1);

    TestProbe<RoomReply> mac = STAGE.kit.createTestProbe();
    subscription.tell(new SubscriptionCommand.AcquireRoom("room", mac.ref()));
    mac.expectMessage(new RoomReply.RoomGranted(-1));
    assertThat(socket.receiveSeveralMessages(3))
        .extracting(CreditReply::sequence)
        .containsExactly(2L, 1L, 1L);
    assertThat(STAGE.written()).hasSize(4);
  }

  @Test
  void whoHasSpentNothingDoesNotWaitForWhatOthersSpent() {
    ActorRef<SubscriptionCommand> subscription = STAGE.subscription(NEVER, NEVER);
    subscription.tell(report(1, 1, 1, socket));
    socket.expectMessage(new CreditReply.Leased(1, 100));
    subscription.tell(report(1, 2, 1, socket));

    TestProbe<CreditReply> newcomer = STAGE.kit.createTestProbe();
    subscription.tell(report(2, 1, 0, newcomer));

    newcomer.expectMessage(new CreditReply.Leased(1, 100));
    assertThat(STAGE.written()).hasSize(1);
  }

  @Test
  void socketsThatHaveEndedMakePlaceForOthersWhateverTheyOweInTheEnd() {
    ActorRef<SubscriptionCommand> subscription = STAGE.subscription();
    for (int number = 1; number <= 300; number++) {
      subscription.tell(report(number, 1, 1, socket));
      assertThat(socket.receiveMessage()).isInstanceOf(CreditReply.Leased.class);
      Spending nothing = new Spending(2, 0, 0, true);
      subscription.tell(
          new SubscriptionCommand.UseCredits(
              new MeterId("edge", number), nothing, 0, socket.ref()));
      socket.expectMessage(new CreditReply.Leased(2, 0));
    }
    assertThat(STAGE.describe(subscription).balance().window().spent().total()).isEqualTo(300);
  }

  @Test
  void aReportThatWaitsIsWrittenInTheEnd() {
    ActorRef<SubscriptionCommand> subscription = STAGE.subscription(SOON, NEVER);
    subscription.tell(report(1, 1, 1, socket));
    subscription.tell(report(1, 2, 1, socket));

    assertThat(socket.receiveSeveralMessages(2))
        .extracting(CreditReply::sequence)
        .containsExactly(1L, 2L);
  }

  @Test
  void whatIsShownOfItIsWritten() {
    ActorRef<SubscriptionCommand> subscription = STAGE.subscription(NEVER, NEVER);
    subscription.tell(report(1, 1, 1, socket));
    subscription.tell(report(1, 2, 1, socket));

    assertThat(STAGE.describe(subscription).balance().window().spent().total()).isEqualTo(2);
    assertThat(STAGE.written()).hasSize(2);

    subscription.tell(report(1, 3, 1, socket));
    TestProbe<UsageHistory> asker = STAGE.kit.createTestProbe();
    subscription.tell(new SubscriptionCommand.ListUsage(asker.ref()));
    assertThat(asker.receiveMessage().windows().getFirst().spent().total()).isEqualTo(3);
    assertThat(STAGE.written()).hasSize(3);
  }

  @Test
  void whatWaitsIsWrittenBeforeItEnds() {
    ActorRef<SubscriptionCommand> subscription = STAGE.subscription(NEVER, NEVER);
    subscription.tell(report(1, 1, 1, socket));
    subscription.tell(report(1, 2, 1, socket));
    STAGE.ends(subscription);

    assertThat(socket.receiveSeveralMessages(2)).hasSize(2);
    assertThat(STAGE.written()).hasSize(2);
  }

  @Test
  void aReportThatIsRepeatedAfterRecoveryCountsOnce() {
    ActorRef<SubscriptionCommand> subscription = STAGE.subscription();
    subscription.tell(report(1, 1, 7, socket));
    socket.expectMessageClass(CreditReply.Leased.class);
    STAGE.ends(subscription);

    ActorRef<SubscriptionCommand> recovered = STAGE.subscription();
    recovered.tell(report(1, 1, 7, socket));
    socket.expectMessageClass(CreditReply.Leased.class);
    assertThat(STAGE.describe(recovered).balance().window().spent().total()).isEqualTo(7);
  }

  @Test
  void whoSpentTheLastCreditIsToldAndSoAreAllSocketsOfTheAccount() {
    ActorRef<SubscriptionCommand> subscription = STAGE.subscription();
    subscription.tell(report(1, 1, 999, socket));
    socket.expectMessage(new CreditReply.Leased(1, 1));
    assertThat(announcedBy(subscription)).isEmpty();

    subscription.tell(report(1, 2, 4, socket));
    CreditReply.Exhausted told = socket.expectMessageClass(CreditReply.Exhausted.class);
    assertThat(told.quota().usage()).isEqualTo(1_003);
    assertThat(announcedBy(subscription))
        .containsExactly(new AccountNotice.OutOfCredits(told.quota()));

    subscription.tell(report(2, 1, 1, socket));
    assertThat(announcedBy(subscription)).as("at once, one announcement reaches all").hasSize(1);

    STAGE.time.set(START.plusSeconds(2));
    subscription.tell(report(3, 1, 1, socket));
    assertThat(announcedBy(subscription)).as("who was missed is told again").hasSize(2);
    assertThat(socket.receiveSeveralMessages(2)).hasOnlyElementsOfType(CreditReply.Exhausted.class);
  }

  @Test
  void anOperatorWhoLowersTheQuotaEndsWhatIsUnderWay() {
    ActorRef<SubscriptionCommand> subscription = STAGE.subscription();
    subscription.tell(report(1, 1, 50, socket));
    TestProbe<SubscriptionDescription> operator = STAGE.kit.createTestProbe();
    subscription.tell(new SubscriptionCommand.SetQuota(50, operator.ref()));

    assertThat(operator.receiveMessage().quotaOverride()).isEqualTo(50);
    assertThat(announcedBy(subscription)).hasSize(1);
  }

  @Test
  void anOperatorWhoRaisesTheQuotaIsAheadOfNewsThatItWasUsedUp() {
    ActorRef<SubscriptionCommand> subscription = STAGE.subscription(NEVER, NEVER);
    subscription.tell(report(1, 1, 1, socket));
    socket.expectMessageClass(CreditReply.Leased.class);
    subscription.tell(report(1, 2, 1_000, socket));
    TestProbe<SubscriptionDescription> operator = STAGE.kit.createTestProbe();

    subscription.tell(new SubscriptionCommand.SetQuota(5_000, operator.ref()));

    assertThat(operator.receiveMessage().quotaOverride()).isEqualTo(5_000);
    assertThat(announcedBy(subscription)).isEmpty();
    socket.expectMessage(new CreditReply.Leased(2, 0));
  }

  @Test
  void whoOnlyAsksWhetherThereAreCreditsDisturbsNobody() {
    ActorRef<SubscriptionCommand> subscription = STAGE.subscription();
    subscription.tell(report(1, 1, 1_000, socket));
    socket.expectMessageClass(CreditReply.Exhausted.class);
    assertThat(announcedBy(subscription)).hasSize(1);
    STAGE.announced.clear();
    STAGE.time.set(START.plusSeconds(8));

    SubscriptionCommand.UseCredits question = report(2, 1, 0, socket);
    subscription.tell(
        new SubscriptionCommand.UseCredits(
            question.meter(), question.spending(), 0, question.replyTo()));
    socket.expectMessageClass(CreditReply.Exhausted.class);
    assertThat(announcedBy(subscription)).isEmpty();
  }

  @Test
  void aRoomIsGrantedForGood() {
    ActorRef<SubscriptionCommand> subscription = STAGE.subscription();
    TestProbe<RoomReply> mac = STAGE.kit.createTestProbe();
    for (String room : new String[] {"a", "b", "c", "d"}) {
      subscription.tell(new SubscriptionCommand.AcquireRoom(room, mac.ref()));
      mac.expectMessage(new RoomReply.RoomGranted(-1));
    }
    STAGE.ends(subscription);

    ActorRef<SubscriptionCommand> recovered = STAGE.subscription();
    recovered.tell(new SubscriptionCommand.AcquireRoom("e", mac.ref()));
    mac.expectMessage(new RoomReply.RoomLimit(4, 4));
    recovered.tell(new SubscriptionCommand.AcquireRoom("d", mac.ref()));
    mac.expectMessage(new RoomReply.RoomGranted(-1));
  }

  @Test
  void aMacThatLeavesIsWrittenWithWhatHappensNext() {
    STAGE.past(new SubscriptionEvent.RoomLeased("room", START));
    ActorRef<SubscriptionCommand> subscription = STAGE.subscription();
    STAGE.time.set(START.plusSeconds(60));
    subscription.tell(new SubscriptionCommand.MacLeft("room"));
    assertThat(STAGE.describe(subscription).rooms().getFirst().seenAt())
        .isEqualTo(START.plusSeconds(60));
    assertThat(STAGE.written()).hasSize(1);

    subscription.tell(report(1, 1, 1, socket));
    socket.expectMessageClass(CreditReply.Leased.class);
    assertThat(STAGE.written()).hasSize(3);
  }

  @Test
  void itIsRecoveredFromASnapshotOnceItsFirstEventsAreGone() {
    ActorRef<SubscriptionCommand> subscription = STAGE.subscription();
    TestProbe<SubscriptionDescription> operator = STAGE.kit.createTestProbe();
    subscription.tell(new SubscriptionCommand.GrantTier(Tier.PRO, null, operator.ref()));
    subscription.tell(new SubscriptionCommand.Welcome(operator.ref()));
    for (int sequence = 1; sequence <= 350; sequence++) {
      subscription.tell(report(1, sequence, 1, socket));
      socket.expectMessageClass(CreditReply.Leased.class);
    }
    socket.awaitAssert(
        () -> {
          assertThat(STAGE.written()).hasSizeLessThan(300);
          return null;
        });
    SubscriptionDescription before = STAGE.describe(subscription);
    STAGE.ends(subscription);

    assertThat(STAGE.describe(STAGE.subscription())).isEqualTo(before);
    assertThat(before.tier()).isEqualTo(Tier.PRO);
    assertThat(before.balance().bonus()).extracting("used").isEqualTo(350L);
  }

  @Test
  void whoIsAskedNothingLeavesMemory() {
    ActorRef<SubscriptionCommand> subscription = STAGE.subscription(Duration.ZERO, SOON);

    assertThat(STAGE.shard.expectMessageClass(ClusterSharding.Passivate.class))
        .isEqualTo(new ClusterSharding.Passivate<>(subscription));
  }

  /** What it had announced when it had carried out everything it was told before. */
  private static Collection<AccountNotice> announcedBy(ActorRef<SubscriptionCommand> subscription) {
    STAGE.describe(subscription);
    return STAGE.announced;
  }
}
