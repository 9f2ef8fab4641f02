package relay.http.ops;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import relay.core.room.Dialect;
import relay.core.room.RoomKey;

class ReceptionistSurveyTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final RoomKey HOME = new RoomKey(Dialect.PYRYCODE, "home");

  private final ActorTestKit kit = ActorTestKit.create();
  private final SocketSurvey survey = new ReceptionistSurvey(kit.system(), PATIENCE);

  @BeforeEach
  void silenceTheReceptionist() {
    Adapter.toClassic(kit.system()).stop(Adapter.toClassic(kit.system().receptionist()));
    kit.createTestProbe().expectTerminated(kit.system().receptionist(), PATIENCE);
  }

  @AfterEach
  void stop() {
    kit.shutdownTestKit();
  }

  @Test
  void aReceptionistThatGivesNoAnswerIsANodeThatGivesNone() {
    assertUnavailable(survey.socketsOf(List.of(HOME)));
    assertUnavailable(survey.socketsOn("127.0.0.1:1"));
  }

  @Test
  void whereNoRoomIsNobodyIsAsked() {
    assertThat(survey.socketsOf(List.of())).isCompletedWithValue(List.of());
  }

  private static void assertUnavailable(CompletionStage<?> answer) {
    assertThat(answer.toCompletableFuture())
        .failsWithin(PATIENCE)
        .withThrowableThat()
        .havingRootCause()
        .isInstanceOfSatisfying(
            OpsFailure.class, it -> assertThat(it.error()).isEqualTo(OpsError.NODE_UNAVAILABLE));
  }
}
