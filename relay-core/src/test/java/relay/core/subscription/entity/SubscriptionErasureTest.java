package relay.core.subscription.entity;

import static org.assertj.core.api.Assertions.assertThat;
import static relay.core.subscription.entity.SubscriptionStage.NEVER;
import static relay.core.subscription.entity.SubscriptionStage.START;
import static relay.core.subscription.entity.SubscriptionStage.report;

import org.apache.pekko.actor.testkit.typed.javadsl.LoggingTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import relay.core.subscription.SubscriptionEvent;
import relay.core.subscription.Tier;

/** What is left of a subscription whose account was erased, and that nothing brings it back. */
class SubscriptionErasureTest {
  @RegisterExtension static final SubscriptionStage STAGE = new SubscriptionStage();

  private TestProbe<CreditReply> socket;

  @BeforeEach
  void socket() {
    socket = STAGE.kit.createTestProbe();
  }

  @Test
  void ofAnErasedSubscriptionOnlyThatIsLeftAndNothingHappensToIt() {
    ActorRef<SubscriptionCommand> subscription = STAGE.subscription(NEVER, NEVER);
    TestProbe<RoomReply> mac = STAGE.kit.createTestProbe();
    subscription.tell(new SubscriptionCommand.AcquireRoom("room", mac.ref()));
    subscription.tell(report(1, 1, 7, socket));
    subscription.tell(report(1, 2, 7, socket));
    subscription.tell(new SubscriptionCommand.MacLeft("room"));

    STAGE.erases(subscription);

    SubscriptionEvent end = new SubscriptionEvent.SubscriptionErased(START);
    assertThat(STAGE.written()).containsExactly(end);
    assertThat(socket.receiveSeveralMessages(2)).as("they were counted").hasSize(2);
    nothingHappensTo(subscription);
    STAGE.ends(subscription);
    ActorRef<SubscriptionCommand> recovered = STAGE.subscription();
    nothingHappensTo(recovered);
    STAGE.erases(recovered);
    assertThat(STAGE.written()).containsExactly(end);
  }

  private void nothingHappensTo(ActorRef<SubscriptionCommand> erased) {
    TestProbe<RoomReply> mac = STAGE.kit.createTestProbe();
    TestProbe<SubscriptionDescription> asker = STAGE.kit.createTestProbe();
    erased.tell(report(1, 3, 7, socket));
    socket.expectMessage(new CreditReply.TooManySockets(3));
    erased.tell(new SubscriptionCommand.AcquireRoom("room", mac.ref()));
    mac.expectMessage(new RoomReply.RoomLimit(0, 0));
    erased.tell(new SubscriptionCommand.MacLeft("room"));
    erased.tell(new SubscriptionCommand.Welcome(asker.ref()));
    erased.tell(new SubscriptionCommand.GrantTier(Tier.PRO, null, asker.ref()));
    assertThat(asker.receiveSeveralMessages(2).getLast().tier()).isEqualTo(Tier.FREE);
    assertThat(STAGE.describe(erased).rooms()).isEmpty();
    assertThat(STAGE.written()).hasSize(1);
  }

  @Test
  void anErasureThatTheJournalDidNotCarryOutIsNotAnsweredAndIsRepeated() {
    ActorRef<SubscriptionCommand> subscription = STAGE.subscription();
    subscription.tell(report(1, 1, 7, socket));
    socket.expectMessageClass(CreditReply.Leased.class);
    STAGE.journal.failNextDelete(STAGE.id().id());
    TestProbe<SubscriptionCommand.Erased> asker = STAGE.kit.createTestProbe();

    LoggingTestKit.warn("subscription_not_erased")
        .expect(
            STAGE.kit.system(),
            () -> {
              subscription.tell(new SubscriptionCommand.Erase(asker.ref()));
              return null;
            });

    asker.expectNoMessage();
    STAGE.erases(subscription);
    assertThat(STAGE.written()).hasSize(1);
  }
}
