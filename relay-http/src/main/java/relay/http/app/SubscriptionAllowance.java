package relay.http.app;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import relay.core.account.AccountId;
import relay.core.directory.RoomOwners;
import relay.core.sharding.Attempts;
import relay.core.subscription.MeterId;
import relay.core.subscription.Spending;
import relay.core.subscription.entity.CreditReply;
import relay.core.subscription.entity.RoomReply;
import relay.core.subscription.entity.SubscriptionCommand;
import relay.core.subscription.entity.Subscriptions;
import relay.http.socket.termonmac.Allowance;

/** Asks the account's subscription what its sockets may do. */
final class SubscriptionAllowance implements Allowance {
  /** Together less than a subscription remembers reports for, so that none counts twice. */
  private static final int ATTEMPTS = 6;

  private final Subscriptions subscriptions;
  private final RoomOwners owners;

  SubscriptionAllowance(Subscriptions subscriptions, RoomOwners owners) {
    this.subscriptions = subscriptions;
    this.owners = owners;
  }

  @Override
  public CompletionStage<CreditReply> use(
      AccountId account, MeterId meter, Spending spending, long want) {
    return subscriptions.ask(
        account, replyTo -> new SubscriptionCommand.UseCredits(meter, spending, want, replyTo));
  }

  /** One after the other: a later report would make an earlier one look like a repetition. */
  @Override
  public void settle(AccountId account, MeterId meter, List<Spending> reports) {
    CompletionStage<?> settled = CompletableFuture.completedFuture(null);
    for (Spending report : reports) {
      settled =
          settled.thenCompose(_ -> Attempts.ask(ATTEMPTS, () -> use(account, meter, report, 0)));
    }
  }

  /**
   * A room that is registered must be found again when its account is erased, so the grant waits
   * for the row; a refusal needs none. Where only the lease was written, no room was registered.
   */
  @Override
  public CompletionStage<RoomReply> acquireRoom(AccountId account, String roomId) {
    return subscriptions
        .<RoomReply>ask(account, replyTo -> new SubscriptionCommand.AcquireRoom(roomId, replyTo))
        .thenCompose(
            reply ->
                switch (reply) {
                  case RoomReply.RoomGranted _ -> owners.add(account, roomId).thenApply(_ -> reply);
                  case RoomReply.RoomLimit _ -> CompletableFuture.completedFuture(reply);
                });
  }

  @Override
  public void macLeft(AccountId account, String roomId) {
    subscriptions.tell(account, new SubscriptionCommand.MacLeft(roomId));
  }
}
