package relay.http.transport;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.jspecify.annotations.Nullable;

/** Takes a route's answer on the event loop: at once if it is known, else when it comes. */
final class RouteAnswer {

  /** Told exactly one of both, and once. */
  @FunctionalInterface
  interface Taker {
    void take(@Nullable HttpResponse response, @Nullable Throwable failure);
  }

  private RouteAnswer() {}

  /**
   * Returns false if the taker will be told later.
   *
   * <p>A finished future is taken without {@code whenComplete}, which on a Scala future goes to
   * another pool and costs four times the whole upgrade.
   */
  static boolean takeIfKnown(CompletionStage<HttpResponse> answer, Executor loop, Taker taker) {
    if (answer instanceof CompletableFuture<HttpResponse> finished && finished.isDone()) {
      switch (finished.state()) {
        case SUCCESS -> taker.take(finished.resultNow(), null);
        case FAILED -> taker.take(null, finished.exceptionNow());
        case CANCELLED, RUNNING -> taker.take(null, new CancellationException());
      }
      return true;
    }
    var _ = answer.whenCompleteAsync(taker::take, loop);
    return false;
  }
}
