package relay.http.store;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Verifies signatures beside the event loops: three elliptic-curve operations each, and calls to
 * the network where revocation is to be checked.
 */
final class StoreThreads implements AutoCloseable {
  private static final int THREADS = 2;

  /** Signatures that may wait; past it the next is to come again later. */
  private static final int QUEUE = 64;

  private final ThreadPoolExecutor threads =
      new ThreadPoolExecutor(
          THREADS,
          THREADS,
          1,
          TimeUnit.MINUTES,
          new LinkedBlockingQueue<>(QUEUE),
          Thread.ofPlatform().daemon().name("store-", 0).factory());

  StoreThreads() {
    threads.allowCoreThreadTimeOut(true);
  }

  /** Undecided where too many wait already. */
  <T> CompletableFuture<Verification<T>> verify(Supplier<Verification<T>> signature) {
    try {
      return CompletableFuture.supplyAsync(signature, threads);
    } catch (RejectedExecutionException _) {
      return CompletableFuture.completedFuture(new Verification.Undecided<>());
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
