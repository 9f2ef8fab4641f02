package relay.http.signin;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import relay.http.signin.SigninFailure.Kind;

/** Talks to providers on threads that may wait, so many at once and no queue behind them. */
final class SigninWork implements AutoCloseable {
  private final Semaphore free;
  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("sign-in-", 0).factory());

  SigninWork(int maxInFlight) {
    free = new Semaphore(maxInFlight);
  }

  /** Fails with what the conversation fails with, or at once where too many are under way. */
  <T> CompletionStage<T> submit(Callable<T> conversation) {
    if (!free.tryAcquire()) {
      return CompletableFuture.failedFuture(
          new SigninFailure(Kind.BUSY, "too many conversations with providers"));
    }
    CompletableFuture<T> result = new CompletableFuture<>();
    try {
      threads.execute(() -> run(conversation, result));
    } catch (RejectedExecutionException ending) {
      free.release();
      result.completeExceptionally(ending);
    }
    return result;
  }

  @Override
  public void close() {
    threads.shutdownNow();
    threads.close();
  }

  private <T> void run(Callable<T> conversation, CompletableFuture<T> result) {
    T value;
    try {
      value = conversation.call();
    } catch (Exception failure) {
      free.release();
      result.completeExceptionally(failure);
      return;
    }
    free.release();
    result.complete(value);
  }
}
