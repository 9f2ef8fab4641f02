package relay.http.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.Test;
import relay.core.account.AccountId;
import relay.core.directory.RoomOwners;
import relay.core.subscription.entity.RoomReply;
import relay.core.subscription.entity.SubscriptionCommand;
import relay.core.subscription.entity.Subscriptions;

/** When it is written down that an account may have a room. */
class SubscriptionAllowanceTest {
  private static final AccountId ACCOUNT = new AccountId("0".repeat(32));
  private static final RoomReply GRANTED = new RoomReply.RoomGranted(-1);
  private static final RoomReply REFUSED = new RoomReply.RoomLimit(4, 4);

  private final List<String> steps = new ArrayList<>();
  private final CompletableFuture<RoomReply> subscription = new CompletableFuture<>();
  private final CompletableFuture<String> row = new CompletableFuture<>();
  private final SubscriptionAllowance allowance =
      new SubscriptionAllowance(new OneAnswer(), new OneRow());

  @Test
  void ofARoomThatIsRefusedNothingIsWritten() {
    CompletionStage<RoomReply> asked = allowance.acquireRoom(ACCOUNT, "room");

    subscription.complete(REFUSED);

    assertThat(steps).containsExactly("ask");
    assertThat(asked).isCompletedWithValue(REFUSED);
  }

  @Test
  void aRoomIsGrantedOnceItIsWrittenWhoseItMayBe() {
    CompletionStage<RoomReply> asked = allowance.acquireRoom(ACCOUNT, "room");

    subscription.complete(GRANTED);
    assertThat(steps).containsExactly("ask", "add room");
    assertThat(asked).isNotDone();

    row.complete("room");
    assertThat(asked).isCompletedWithValue(GRANTED);
  }

  @Test
  void aRoomThatCouldNotBeWrittenIsNotGranted() {
    CompletionStage<RoomReply> asked = allowance.acquireRoom(ACCOUNT, "room");

    subscription.complete(GRANTED);
    row.completeExceptionally(new IllegalStateException("no database"));

    assertThat(asked).isCompletedExceptionally();
  }

  private final class OneAnswer implements Subscriptions {
    @Override
    public void tell(AccountId account, SubscriptionCommand command) {
      throw new UnsupportedOperationException("nothing but rooms is asked for here");
    }

    @Override
    @SuppressWarnings("unchecked")
    public <R> CompletionStage<R> ask(
        AccountId account, Function<ActorRef<R>, SubscriptionCommand> question) {
      steps.add("ask");
      return (CompletionStage<R>) subscription;
    }
  }

  private final class OneRow implements RoomOwners {
    @Override
    public CompletionStage<?> add(AccountId owner, String roomId) {
      steps.add("add " + roomId);
      return row;
    }

    @Override
    public CompletionStage<List<String>> some(AccountId owner, int limit) {
      throw new UnsupportedOperationException("nobody is erased here");
    }

    @Override
    public CompletionStage<?> remove(AccountId owner, Collection<String> roomIds) {
      throw new UnsupportedOperationException("nobody is erased here");
    }
  }
}
