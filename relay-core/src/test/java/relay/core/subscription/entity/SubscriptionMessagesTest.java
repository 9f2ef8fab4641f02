package relay.core.subscription.entity;

import static org.assertj.core.api.Assertions.assertThat;
import static relay.core.subscription.entity.SubscriptionStage.START;

import java.util.List;
import java.util.stream.Stream;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import relay.core.account.AccountId;
import relay.core.account.entity.AccountNotice;
import relay.core.account.entity.ToAccount;
import relay.core.subscription.Balance;
import relay.core.subscription.Credits;
import relay.core.subscription.MeterId;
import relay.core.subscription.QuotaExceeded;
import relay.core.subscription.RoomLease;
import relay.core.subscription.Spending;
import relay.core.subscription.StoreNotification;
import relay.core.subscription.StoreOutcome;
import relay.core.subscription.StoreTransaction;
import relay.core.subscription.Tier;
import relay.core.subscription.TierLimits;
import relay.core.subscription.UsageWindow;

/** Whatever may cross nodes arrives as it was sent. */
class SubscriptionMessagesTest {
  private static final StoreTransaction TRANSACTION =
      new StoreTransaction("pro.month", "2", "1", START, null, START);
  private static final Balance.Bonus BONUS = new Balance.Bonus(10, 4, START, true);
  private static final QuotaExceeded QUOTA =
      new QuotaExceeded(1_003, 1_000, "5h-98568", START, BONUS);
  @RegisterExtension static final SubscriptionStage STAGE = new SubscriptionStage();

  @Test
  void commandsArriveAsSent() {
    TestProbe<SubscriptionDescription> asker = STAGE.kit.createTestProbe();
    TestProbe<StoreReply> store = STAGE.kit.createTestProbe();
    TestProbe<CreditReply> socket = STAGE.kit.createTestProbe();
    TestProbe<RoomReply> mac = STAGE.kit.createTestProbe();
    TestProbe<UsageHistory> history = STAGE.kit.createTestProbe();
    arrive(
        new SubscriptionCommand.UseCredits(
            new MeterId("edge", 1), new Spending(1, 2, 3, true), 100, socket.ref()),
        new SubscriptionCommand.AcquireRoom("room", mac.ref()),
        new SubscriptionCommand.MacLeft("room"),
        new SubscriptionCommand.BeginRelease("room", -1, asker.ref()),
        new SubscriptionCommand.ReleaseRoom("room", -1, asker.ref()),
        new SubscriptionCommand.Describe(asker.ref()),
        new SubscriptionCommand.ListUsage(history.ref()),
        new SubscriptionCommand.GrantTier(Tier.PRO, null, asker.ref()),
        new SubscriptionCommand.GrantTier(Tier.PRO, START, asker.ref()),
        new SubscriptionCommand.SetQuota(5, asker.ref()),
        new SubscriptionCommand.ClearQuota(asker.ref()),
        new SubscriptionCommand.Welcome(asker.ref()),
        new SubscriptionCommand.Erase(
            STAGE.kit.<SubscriptionCommand.Erased>createTestProbe().ref()),
        new SubscriptionCommand.StoreNotified(
            new StoreNotification("uuid", "DID_RENEW", null, START, TRANSACTION, null),
            store.ref()),
        new SubscriptionCommand.VerifiedPurchase(TRANSACTION, store.ref()));
  }

  @Test
  void answersArriveAsSent() {
    UsageWindow window = new UsageWindow(98_568, new Credits(1, 2), START);
    SubscriptionDescription description =
        new SubscriptionDescription(
            Tier.PRO,
            START,
            "pro.month",
            new TierLimits(1, 2, -1),
            7L,
            new Balance(window, 7, BONUS),
            List.of(new RoomLease("room", START, START)));
    arrive(
        new CreditReply.Leased(1, 100),
        new SubscriptionCommand.Erased(),
        new CreditReply.Exhausted(1, QUOTA),
        new CreditReply.TooManySockets(1),
        new RoomReply.RoomGranted(-1),
        new RoomReply.RoomLimit(4, 5),
        description,
        new StoreReply(StoreOutcome.APPLIED, description),
        new UsageHistory(List.of(window)),
        new ToAccount(new AccountId("0".repeat(32)), new AccountNotice.OutOfCredits(QUOTA)));
  }

  private static void arrive(Object... messages) {
    assertThat(Stream.of(messages))
        .allSatisfy(
            it ->
                assertThat(STAGE.kit.serializationTestKit().verifySerialization(it, true))
                    .isEqualTo(it));
  }
}
