package relay.core.sharding;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * Asks again what got no answer and may be asked again: while an entity moves to another node, what
 * is on its way to it can be dropped.
 */
public final class Attempts {
  private Attempts() {}

  /**
   * The first answer.
   *
   * @param most how often to ask, at least once; the failure of the last attempt is that of all
   */
  public static <R> CompletionStage<R> ask(int most, Supplier<CompletionStage<R>> question) {
    return question
        .get()
        .exceptionallyCompose(
            failure ->
                most > 1 ? ask(most - 1, question) : CompletableFuture.failedFuture(failure));
  }
}
