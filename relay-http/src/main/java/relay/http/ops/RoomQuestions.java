package relay.http.ops;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import relay.core.account.AccountId;
import relay.core.room.Dialect;
import relay.core.room.ReleaseAnswer;
import relay.core.room.RoomKey;
import relay.core.room.entity.RoomCommand;
import relay.core.room.entity.RoomDescription;
import relay.core.room.entity.Rooms;
import relay.core.sharding.Attempts;

/** Asks one room something and waits for its answer, for a bounded time. */
public final class RoomQuestions {
  private static final int ATTEMPTS = 2;

  private final ActorSystem<?> system;
  private final ActorRef<Question> asker;
  private final Set<Dialect> spoken;
  private final Duration timeout;

  private record Question(RoomKey room, RoomCommand command) {}

  /**
   * @param spoken the dialects that have rooms; of another one every room is unknown
   */
  public RoomQuestions(ActorSystem<?> system, Rooms rooms, Set<Dialect> spoken, Duration timeout) {
    this.system = system;
    this.spoken = Set.copyOf(spoken);
    this.timeout = timeout;
    asker = system.systemActorOf(forward(rooms), "room-questions", Props.empty());
  }

  public CompletionStage<RoomDescription> describe(RoomKey room) {
    Duration patience = timeout.dividedBy(ATTEMPTS);
    return Attempts.ask(ATTEMPTS, () -> ask(room, RoomCommand.Describe::new, patience));
  }

  public CompletionStage<RoomCommand.Forgotten> forget(RoomKey room) {
    return ask(room, RoomCommand.Forget::new, timeout);
  }

  /** Forgets a room for its owner, unless its agent is connected. */
  public CompletionStage<ReleaseAnswer> release(RoomKey room, AccountId owner) {
    return ask(
            room,
            (ActorRef<RoomCommand.Released> replyTo) -> new RoomCommand.Release(owner, replyTo),
            timeout)
        .thenApply(RoomCommand.Released::answer);
  }

  private <T> CompletionStage<T> ask(
      RoomKey room, Function<ActorRef<T>, RoomCommand> command, Duration patience) {
    if (!spoken.contains(room.dialect())) {
      return CompletableFuture.failedFuture(new OpsFailure(OpsError.UNKNOWN_ROOM));
    }
    return AskPattern.<Question, T>ask(
            asker,
            replyTo -> new Question(room, command.apply(replyTo)),
            patience,
            system.scheduler())
        .exceptionallyCompose(
            _ -> CompletableFuture.failedFuture(new OpsFailure(OpsError.ROOM_UNAVAILABLE)));
  }

  private static Behavior<Question> forward(Rooms rooms) {
    return Behaviors.receiveMessage(
        question -> {
          rooms.tell(question.room(), question.command());
          return Behaviors.same();
        });
  }
}
