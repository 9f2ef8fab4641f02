package relay.core.sharding;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import relay.core.account.AccountAnswer;
import relay.core.account.AccountId;
import relay.core.account.Fate;
import relay.core.account.entity.AccountCommand;
import relay.core.account.entity.Accounts;
import relay.core.directory.CredentialIndex;
import relay.core.directory.DueDeletions;
import relay.core.directory.DueDeletions.Due;
import relay.core.directory.RoomOwners;
import relay.core.room.Dialect;
import relay.core.room.RoomKey;
import relay.core.room.entity.RoomCommand;
import relay.core.subscription.entity.SubscriptionCommand;
import relay.core.subscription.entity.Subscriptions;

/**
 * Erases one account whose deletion is complete, and all that belonged to it; what it cannot finish
 * is begun again from the start, and what is gone already is passed over.
 *
 * <p>The account goes first, so that nobody is let in any more, then its subscription, so that no
 * room is granted any more, then the rooms that there are. What leads here goes last.
 */
final class AccountEraser {
  private static final int ROOMS_AT_ONCE = 100;
  private static final Duration ROOM_TIMEOUT = Duration.ofSeconds(10);

  private final ClusterSharding sharding;
  private final Accounts accounts;
  private final Subscriptions subscriptions;
  private final Places places;

  /** Where it is written what there is to erase. */
  record Places(DueDeletions deletions, RoomOwners rooms, CredentialIndex credentials) {}

  AccountEraser(
      ActorSystem<?> system, Accounts accounts, Subscriptions subscriptions, Places places) {
    this.sharding = ClusterSharding.get(system);
    this.accounts = accounts;
    this.subscriptions = subscriptions;
    this.places = places;
  }

  /** Whether it is erased now; fails where somebody does not answer. */
  CompletionStage<Boolean> settle(Due due) {
    return accounts
        .<AccountAnswer.ToDescribe>askOnce(due.account(), AccountCommand.Erase::new)
        .thenCompose(
            answer ->
                switch (Fate.of(answer)) {
                  case Fate.Stays _ -> places.deletions().remove(due).thenApply(_ -> false);
                  case Fate.Waits(var until) ->
                      places.deletions().move(due, until).thenApply(_ -> false);
                  case Fate.Ends _ -> eraseBelongings(due).thenApply(_ -> true);
                });
  }

  private CompletionStage<?> eraseBelongings(Due due) {
    AccountId account = due.account();
    return subscriptions
        .<SubscriptionCommand.Erased>ask(account, SubscriptionCommand.Erase::new)
        .thenCompose(_ -> eraseRooms(account))
        .thenCompose(_ -> places.credentials().forget(account))
        .thenCompose(_ -> places.deletions().remove(due));
  }

  private CompletionStage<Boolean> eraseRooms(AccountId account) {
    return places
        .rooms()
        .some(account, ROOMS_AT_ONCE)
        .thenCompose(
            rooms ->
                eraseRooms(account, rooms)
                    .thenCompose(_ -> places.rooms().remove(account, rooms))
                    .thenApply(_ -> rooms.size() < ROOMS_AT_ONCE))
        .thenCompose(
            areAll -> areAll ? CompletableFuture.completedFuture(true) : eraseRooms(account));
  }

  /** One after the other: nobody waits, and others need the journal too. */
  private CompletionStage<Boolean> eraseRooms(AccountId account, List<String> rooms) {
    CompletionStage<Boolean> done = CompletableFuture.completedFuture(true);
    for (String room : rooms) {
      done = done.thenCompose(_ -> eraseRoom(account, room)).thenApply(_ -> true);
    }
    return done;
  }

  private CompletionStage<RoomCommand.Released> eraseRoom(AccountId account, String room) {
    String id = EntityIds.of(new RoomKey(Dialect.TERMONMAC, room));
    return sharding
        .entityRefFor(RelaySharding.ROOM, id)
        .ask(
            (ActorRef<RoomCommand.Released> replyTo) -> new RoomCommand.Disown(account, replyTo),
            ROOM_TIMEOUT);
  }
}
