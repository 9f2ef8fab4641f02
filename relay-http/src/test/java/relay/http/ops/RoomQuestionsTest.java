package relay.http.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import relay.core.room.Dialect;
import relay.core.room.RoomKey;
import relay.core.room.entity.RoomCommand;
import relay.core.room.entity.RoomDescription;

/** What is asked of a room that moves to another node meanwhile, which loses the first question. */
class RoomQuestionsTest {
  private static final RoomKey ROOM = new RoomKey(Dialect.TERMONMAC, "room");
  private static final RoomDescription NOTHING = new RoomDescription(0, null, List.of(), null);

  @AutoClose("shutdownTestKit")
  private final ActorTestKit kit = ActorTestKit.create();

  private final Queue<RoomCommand> asked = new ConcurrentLinkedQueue<>();
  private final RoomQuestions questions =
      new RoomQuestions(kit.system(), this::tell, Set.of(Dialect.TERMONMAC), Duration.ofSeconds(2));

  private void tell(RoomKey room, RoomCommand command) {
    asked.add(command);
    if (asked.size() > 1 && command instanceof RoomCommand.Describe(var replyTo)) {
      replyTo.tell(NOTHING);
    }
  }

  @Test
  void itIsDescribedAllTheSame() {
    assertThat(questions.describe(ROOM).toCompletableFuture().join()).isEqualTo(NOTHING);
    assertThat(asked).hasSize(2);
  }

  @Test
  void itIsNotForgottenTwice() {
    assertThatThrownBy(() -> questions.forget(ROOM).toCompletableFuture().join())
        .hasCause(new OpsFailure(OpsError.ROOM_UNAVAILABLE));
    assertThat(asked).hasSize(1);
  }
}
