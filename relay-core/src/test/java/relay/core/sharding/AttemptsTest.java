package relay.core.sharding;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class AttemptsTest {
  private static final CompletableFuture<String> LOST =
      CompletableFuture.failedFuture(new TimeoutException("no answer"));

  private final Queue<CompletionStage<String>> answers = new ArrayDeque<>();

  @Test
  void whatIsLostIsAskedAgain() {
    answers.addAll(List.of(LOST, LOST, CompletableFuture.completedFuture("here")));

    assertThat(Attempts.ask(3, answers::remove)).isCompletedWithValue("here");
  }

  @Test
  void whatIsAnsweredIsNotAskedAgain() {
    answers.addAll(List.of(CompletableFuture.completedFuture("here"), LOST));

    assertThat(Attempts.ask(3, answers::remove)).isCompletedWithValue("here");
    assertThat(answers).hasSize(1);
  }

  @Test
  void afterTheLastAttemptItFailsAsThatDid() {
    answers.addAll(List.of(LOST, LOST));

    assertThat(Attempts.ask(2, answers::remove))
        .failsWithin(Duration.ZERO)
        .withThrowableThat()
        .withRootCauseInstanceOf(TimeoutException.class);
    assertThat(answers).isEmpty();
  }
}
