package relay.http.ops;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 30, unit = TimeUnit.SECONDS)
class DrainTest {
  private static final Duration LONG = Duration.ofHours(1);

  private final List<String> calls = new ArrayList<>();
  private final CompletableFuture<Void> stopped = new CompletableFuture<>();
  private CompletableFuture<Void> closed = new CompletableFuture<>();

  @Test
  void aNodeServesUntilItIsDrained() {
    Drain drain = drain(LONG);

    assertThat(drain.isDraining()).isFalse();
    drain.begin(Duration.ZERO);
    assertThat(drain.isDraining()).isTrue();
    assertThat(drain.state()).isEqualTo(Drain.State.DRAINING);
  }

  @Test
  void itStopsAcceptingBeforeItsSocketsAreTold() {
    drain(LONG).begin(Duration.ofSeconds(30));

    assertThat(calls).containsExactly("stop", "close over PT30S");
  }

  @Test
  void itIsCompleteOnceBothAreDone() {
    Drain drain = drain(LONG);
    CompletionStage<Drain.State> end = drain.begin(Duration.ZERO);

    closed.complete(null);
    assertThat(drain.state()).isEqualTo(Drain.State.DRAINING);
    stopped.complete(null);

    assertThat(end.toCompletableFuture().join()).isEqualTo(Drain.State.COMPLETE);
    assertThat(drain.state()).isEqualTo(Drain.State.COMPLETE);
  }

  @Test
  void pastTheDeadlineItGoesOnWithoutThem() {
    Drain drain = drain(Duration.ofMillis(20));

    assertThat(drain.begin(Duration.ZERO).toCompletableFuture().join())
        .isEqualTo(Drain.State.INCOMPLETE);
    closed.complete(null);
    stopped.complete(null);
    assertThat(drain.state()).isEqualTo(Drain.State.INCOMPLETE);
  }

  @Test
  void aPortThatFailsDoesNotKeepTheNodeAlive() {
    Drain drain = drain(LONG);
    CompletionStage<Drain.State> end = drain.begin(Duration.ZERO);

    stopped.complete(null);
    closed.completeExceptionally(new IllegalStateException("no loop"));

    assertThat(end.toCompletableFuture().join()).isEqualTo(Drain.State.INCOMPLETE);
  }

  @Test
  void beginningAgainHurriesASpreadDrain() {
    Drain drain = drain(LONG);
    CompletionStage<Drain.State> asked = drain.begin(LONG);
    stopped.complete(null);

    CompletableFuture<Void> spread = closed;
    closed = new CompletableFuture<>();
    CompletionStage<Drain.State> signalled = drain.begin(Duration.ZERO);
    closed.complete(null);

    assertThat(calls).containsExactly("stop", "close over PT1H", "stop", "close over PT0S");
    assertThat(spread).isNotDone();
    assertThat(signalled.toCompletableFuture().join()).isEqualTo(Drain.State.COMPLETE);
    assertThat(asked.toCompletableFuture().join()).isEqualTo(Drain.State.COMPLETE);
  }

  @Test
  void anotherSpreadDrainChangesNothing() {
    Drain drain = drain(LONG);
    drain.begin(Duration.ZERO);

    drain.begin(LONG);

    assertThat(calls).containsExactly("stop", "close over PT0S");
  }

  @Test
  void whoWaitsForItCannotEndIt() {
    Drain drain = drain(LONG);

    drain.begin(Duration.ZERO).toCompletableFuture().complete(Drain.State.COMPLETE);

    assertThat(drain.state()).isEqualTo(Drain.State.DRAINING);
    assertThat(drain.begin(Duration.ZERO).toCompletableFuture()).isNotDone();
  }

  private Drain drain(Duration deadline) {
    return new Drain(
        () -> {
          calls.add("stop");
          return stopped;
        },
        over -> {
          calls.add("close over " + over);
          return closed;
        },
        deadline);
  }
}
