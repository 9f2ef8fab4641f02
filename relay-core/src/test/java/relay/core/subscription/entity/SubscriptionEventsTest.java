package relay.core.subscription.entity;

import static org.assertj.core.api.Assertions.assertThat;
import static relay.core.subscription.entity.SubscriptionStage.NEVER;
import static relay.core.subscription.entity.SubscriptionStage.START;

import java.time.Duration;
import java.util.function.Function;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.persistence.testkit.javadsl.EventSourcedBehaviorTestKit;
import org.apache.pekko.persistence.testkit.javadsl.EventSourcedBehaviorTestKit.CommandResultWithReply;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import relay.core.account.AccountId;
import relay.core.subscription.Credits;
import relay.core.subscription.Meter;
import relay.core.subscription.MeterId;
import relay.core.subscription.Spending;
import relay.core.subscription.StoreNotification;
import relay.core.subscription.StoreOutcome;
import relay.core.subscription.StoreTransaction;
import relay.core.subscription.Subscription;
import relay.core.subscription.SubscriptionEvent;
import relay.core.subscription.Tier;
import relay.core.subscription.WelcomeBonus;

/**
 * What each command writes and answers, and that the subscription is the same after a restart.
 * Commands, events and states are serialized on their way.
 */
class SubscriptionEventsTest {
  private static final MeterId METER = new MeterId("edge", 1);
  @RegisterExtension static final SubscriptionStage STAGE = new SubscriptionStage();

  private EventSourcedBehaviorTestKit<SubscriptionCommand, SubscriptionEvent, Subscription>
      subscription;

  @BeforeEach
  void unseen() {
    subscription =
        EventSourcedBehaviorTestKit.create(
            STAGE.kit.system(),
            SubscriptionEntity.create(
                new AccountId("0".repeat(32)),
                STAGE.id(),
                STAGE.shard.ref(),
                STAGE.surroundings(Duration.ZERO, NEVER)),
            EventSourcedBehaviorTestKit.enabledSerializationSettings().withVerifyEquality(true));
  }

  @Test
  void aReportIsChargedOnce() {
    Spending spending = new Spending(1, 7, 45_000, false);
    CreditReply reply =
        writes(
            it -> new SubscriptionCommand.UseCredits(METER, spending, 100, it),
            new SubscriptionEvent.CreditsSpent(
                new Meter(METER, 1, false, START), new Credits(7, 1), null, 30_000));
    assertThat(reply).isEqualTo(new CreditReply.Leased(1, 100));

    CreditReply again = writes(it -> new SubscriptionCommand.UseCredits(METER, spending, 100, it));
    assertThat(again).isEqualTo(reply);
  }

  @Test
  void aRoomIsLeasedLeftSeenAndReleased() {
    this.<RoomReply>writes(
        it -> new SubscriptionCommand.AcquireRoom("room", it),
        new SubscriptionEvent.RoomLeased("room", START));
    STAGE.time.set(START.plusSeconds(60));
    RoomReply renewed =
        writes(
            it -> new SubscriptionCommand.AcquireRoom("room", it),
            new SubscriptionEvent.RoomSeen("room", START.plusSeconds(60)));
    assertThat(renewed).isEqualTo(new RoomReply.RoomGranted(-1));

    TestProbe<SubscriptionDescription> asker = STAGE.kit.createTestProbe();
    subscription.runCommand(new SubscriptionCommand.BeginRelease("room", 5, asker.ref()));
    assertThat(asker.receiveMessage().rooms()).hasSize(1);
    SubscriptionDescription released =
        writes(
            it -> new SubscriptionCommand.ReleaseRoom("room", 5, it),
            new SubscriptionEvent.RoomReleased("room", START.plusSeconds(60)));
    assertThat(released.rooms()).isEmpty();
  }

  @Test
  void aMacThatLeavesIsWrittenWithTheNextEvent() {
    this.<RoomReply>writes(
        it -> new SubscriptionCommand.AcquireRoom("room", it),
        new SubscriptionEvent.RoomLeased("room", START));
    STAGE.time.set(START.plusSeconds(60));

    assertThat(subscription.runCommand(new SubscriptionCommand.MacLeft("room")).hasNoEvents())
        .isTrue();

    this.<SubscriptionDescription>writes(
        it -> new SubscriptionCommand.SetQuota(5, it),
        new SubscriptionEvent.RoomSeen("room", START.plusSeconds(60)),
        new SubscriptionEvent.QuotaSet(5, START.plusSeconds(60)));
  }

  @Test
  void whatAnOperatorSetsIsWrittenWhereItChangesSomething() {
    SubscriptionDescription granted =
        writes(
            it -> new SubscriptionCommand.GrantTier(Tier.PRO, null, it),
            new SubscriptionEvent.TierGranted(Tier.PRO, null, START));
    assertThat(granted.tier()).isEqualTo(Tier.PRO);
    this.<SubscriptionDescription>writes(
        it -> new SubscriptionCommand.GrantTier(Tier.PRO, null, it));
    this.<SubscriptionDescription>writes(
        it -> new SubscriptionCommand.SetQuota(5, it), new SubscriptionEvent.QuotaSet(5, START));
    SubscriptionDescription cleared =
        writes(SubscriptionCommand.ClearQuota::new, new SubscriptionEvent.QuotaCleared(START));
    assertThat(cleared.quotaOverride()).isNull();
    this.<SubscriptionDescription>writes(SubscriptionCommand.ClearQuota::new);
  }

  @Test
  void theBonusIsGrantedOnce() {
    var offer = SubscriptionStage.POLICY.welcome();
    this.<SubscriptionDescription>writes(
        SubscriptionCommand.Welcome::new,
        new SubscriptionEvent.BonusGranted(
            new WelcomeBonus(offer.credits(), START, START.plus(offer.duration())), START));
    this.<SubscriptionDescription>writes(SubscriptionCommand.Welcome::new);
  }

  @Test
  void whatTheStoreSaysIsHandledOnce() {
    StoreTransaction bought =
        new StoreTransaction("pro.month", "2", "1", START.plusSeconds(600), null, START);
    StoreNotification renewed =
        new StoreNotification("uuid", "DID_RENEW", null, START, bought, null);
    CommandResultWithReply<SubscriptionCommand, SubscriptionEvent, Subscription, StoreReply> first =
        subscription.runCommand(it -> new SubscriptionCommand.StoreNotified(renewed, it));
    assertThat(first.events().getLast())
        .isEqualTo(new SubscriptionEvent.NotificationHandled("uuid", START));
    assertThat(subscription.restart().state()).isEqualTo(first.state());

    StoreReply again = writes(it -> new SubscriptionCommand.StoreNotified(renewed, it));
    StoreReply shown = writes(it -> new SubscriptionCommand.VerifiedPurchase(bought, it));

    assertThat(again.outcome()).isEqualTo(StoreOutcome.DUPLICATE);
    assertThat(shown.subscription()).isEqualTo(again.subscription());
  }

  @Test
  void whoOnlyAsksWritesNothing() {
    SubscriptionDescription described = writes(SubscriptionCommand.Describe::new);
    UsageHistory history = writes(SubscriptionCommand.ListUsage::new);

    assertThat(described.tier()).isEqualTo(Tier.FREE);
    assertThat(history.windows()).isEmpty();
  }

  @Test
  void itsEndIsWrittenOnceAndIsAllThatIsKnown() {
    this.<SubscriptionDescription>writes(
        it -> new SubscriptionCommand.SetQuota(5, it), new SubscriptionEvent.QuotaSet(5, START));
    TestProbe<SubscriptionCommand.Erased> sweep = STAGE.kit.createTestProbe();
    subscription.runCommand(new SubscriptionCommand.Erase(sweep.ref()));
    sweep.receiveMessage();
    assertThat(subscription.restart().state()).isEqualTo(Subscription.erased(START));

    STAGE.time.set(START.plusSeconds(60));
    subscription.runCommand(new SubscriptionCommand.Erase(sweep.ref()));
    sweep.receiveMessage();
    assertThat(subscription.restart().state()).isEqualTo(Subscription.erased(START));
  }

  /** Does what it is told, and is the same afterwards when it has been rebuilt from its events. */
  private <A> A writes(
      Function<ActorRef<A>, SubscriptionCommand> command, SubscriptionEvent... events) {
    CommandResultWithReply<SubscriptionCommand, SubscriptionEvent, Subscription, A> result =
        subscription.runCommand(command);
    assertThat(result.events()).containsExactly(events);
    assertThat(subscription.restart().state()).isEqualTo(result.state());
    return result.reply();
  }
}
