package relay.http.socket.termonmac;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import relay.core.account.AccountId;
import relay.core.subscription.MeterId;
import relay.core.subscription.Spending;
import relay.core.subscription.entity.CreditReply;
import relay.core.subscription.entity.RoomReply;

/** A subscription that answers as a test says, and keeps what it is told. */
final class FakeAllowance implements Allowance {
  /** One report and what was asked with it. */
  record Asked(Spending spending, long want) {}

  /** Credits each question is answered with; below 0 nobody answers. */
  long offer = 100;

  CompletionStage<RoomReply> room =
      CompletableFuture.completedFuture(new RoomReply.RoomGranted(-1));

  private final List<Asked> asked = new ArrayList<>();
  private final List<Spending> settled = new ArrayList<>();
  private final List<String> rooms = new ArrayList<>();
  private CompletableFuture<CreditReply> pending = new CompletableFuture<>();

  @Override
  public CompletionStage<CreditReply> use(
      AccountId account, MeterId meter, Spending spending, long want) {
    asked.add(new Asked(spending, want));
    pending = new CompletableFuture<>();
    if (offer >= 0) {
      pending.complete(new CreditReply.Leased(spending.sequence(), Math.min(want, offer)));
    }
    return pending;
  }

  /** Answers the latest question. */
  void answer(CreditReply reply) {
    pending.complete(reply);
  }

  @Override
  public void settle(AccountId account, MeterId meter, List<Spending> reports) {
    settled.addAll(reports);
  }

  @Override
  public CompletionStage<RoomReply> acquireRoom(AccountId account, String roomId) {
    rooms.add("acquire " + roomId);
    return room;
  }

  @Override
  public void macLeft(AccountId account, String roomId) {
    rooms.add("left " + roomId);
  }

  /** What was asked since this was called last. */
  List<Asked> asked() {
    List<Asked> next = List.copyOf(asked);
    asked.clear();
    return next;
  }

  List<Spending> settled() {
    return List.copyOf(settled);
  }

  /** What was said of rooms since this was called last. */
  List<String> rooms() {
    List<String> next = List.copyOf(rooms);
    rooms.clear();
    return next;
  }
}
