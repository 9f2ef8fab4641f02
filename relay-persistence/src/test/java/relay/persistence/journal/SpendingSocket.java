package relay.persistence.journal;

import org.apache.pekko.actor.typed.ActorRef;
import relay.core.account.AccountId;
import relay.core.subscription.MeterId;
import relay.core.subscription.Spending;
import relay.core.subscription.entity.CreditReply;
import relay.core.subscription.entity.SubscriptionCommand;
import relay.persistence.JournalNode;

/** A socket that relays three frames, reports them, and begins anew. */
final class SpendingSocket {
  static final AccountId ACCOUNT = new AccountId("0123456789abcdef0123456789abcdef");
  static final int FRAMES = 3;

  private static final MeterId METER = new MeterId("edge", 1);

  private SpendingSocket() {}

  /** Returns once the report of that number is answered. */
  static void reports(JournalNode node, ActorRef<SubscriptionCommand> subscription, long sequence) {
    node.<CreditReply>askSubscription(
        subscription,
        replyTo ->
            new SubscriptionCommand.UseCredits(
                METER, new Spending(sequence, FRAMES, 0, false), 100, replyTo));
  }
}
