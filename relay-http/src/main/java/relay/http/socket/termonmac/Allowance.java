package relay.http.socket.termonmac;

import java.util.List;
import java.util.concurrent.CompletionStage;
import relay.core.account.AccountId;
import relay.core.subscription.MeterId;
import relay.core.subscription.Spending;
import relay.core.subscription.entity.CreditReply;
import relay.core.subscription.entity.RoomReply;

/**
 * What an account's sockets may do, as its subscription says; never blocks. A stage fails where the
 * subscription does not answer.
 */
public interface Allowance {

  /** Reports what a socket has spent and asks for credits; 0 only asks whether there are any. */
  CompletionStage<CreditReply> use(AccountId account, MeterId meter, Spending spending, long want);

  /** Reports of a socket that has ended, in order; repeated until they are answered. */
  void settle(AccountId account, MeterId meter, List<Spending> reports);

  /** Asks for a room, or says that its Mac is still there (TermOnMac 4.10). */
  CompletionStage<RoomReply> acquireRoom(AccountId account, String roomId);

  /** The room's Mac is gone. */
  void macLeft(AccountId account, String roomId);
}
