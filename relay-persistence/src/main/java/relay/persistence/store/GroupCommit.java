package relay.persistence.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/**
 * One thread that writes whatever waits, in one transaction: the more wait, the less each costs.
 * What is submitted first is written first.
 */
final class GroupCommit implements AutoCloseable {
  private static final int MAX_GROUP = 400;

  /**
   * Nanoseconds from one group to the next, so that a busy database commits 500 times a second: a
   * write that is alone does not wait, and one that comes right after another waits this long.
   */
  static final long PACE = 2_000_000;

  private final Connections connections;
  private final BlockingQueue<Waiting> waiting;
  private final AtomicBoolean isRunning = new AtomicBoolean();
  private final ThreadPoolExecutor thread;

  /** Whoever takes a connection closes it. */
  @FunctionalInterface
  interface Connections {
    Connection take() throws SQLException;
  }

  private record Waiting(Write write, CompletableFuture<Void> written) {}

  /**
   * @param maxWaiting past it writes fail at once
   */
  GroupCommit(Connections connections, int maxWaiting) {
    this.connections = connections;
    waiting = new LinkedBlockingQueue<>(maxWaiting);
    thread =
        new ThreadPoolExecutor(
            1,
            1,
            0,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            Thread.ofPlatform().name("relay-journal-write").daemon().factory());
  }

  /** Completes once the write is committed, and fails if that is not certain. */
  CompletionStage<Void> submit(Write write) {
    Waiting next = new Waiting(write, new CompletableFuture<>());
    if (!waiting.offer(next)) {
      return CompletableFuture.failedFuture(
          new RejectedExecutionException("too many writes wait for the database"));
    }
    wake();
    return next.written();
  }

  /** What waits is still written. */
  @Override
  public void close() {
    thread.close();
  }

  private void wake() {
    if (isRunning.compareAndSet(false, true)) {
      try {
        thread.execute(this::run);
      } catch (RejectedExecutionException closed) {
        isRunning.set(false);
        failAll(take(Integer.MAX_VALUE), closed);
      }
    }
  }

  private void run() {
    try {
      for (List<Waiting> group = take(MAX_GROUP); !group.isEmpty(); group = take(MAX_GROUP)) {
        long next = System.nanoTime() + PACE;
        writeGroup(group);
        parkUntil(next);
      }
    } finally {
      isRunning.set(false);
    }
    if (!waiting.isEmpty()) {
      wake();
    }
  }

  /** Whatever wakes the thread before that, an interrupt excepted. */
  private static void parkUntil(long deadline) {
    long left = deadline - System.nanoTime();
    while (left > 0 && !Thread.currentThread().isInterrupted()) {
      LockSupport.parkNanos(left);
      left = deadline - System.nanoTime();
    }
  }

  private List<Waiting> take(int max) {
    List<Waiting> group = new ArrayList<>();
    waiting.drainTo(group, max);
    return group;
  }

  /** One that the database refuses must not take the others with it. */
  private void writeGroup(List<Waiting> group) {
    try (Connection connection = connections.take()) {
      connection.setAutoCommit(false);
      if (write(connection, group)) {
        return;
      }
      for (Waiting one : group) {
        write(connection, List.of(one));
      }
    } catch (SQLException | RuntimeException failure) {
      failAll(group, failure);
    }
  }

  /**
   * Returns whether all of the group are answered, rather than to be tried one by one.
   *
   * @throws SQLException if it is not certain what was written
   */
  private static boolean write(Connection connection, List<Waiting> group) throws SQLException {
    try {
      Transaction.write(connection, group.stream().map(Waiting::write).toList());
    } catch (SQLException | RuntimeException refused) {
      connection.rollback();
      if (group.size() == 1) {
        failAll(group, refused);
      }
      return group.size() == 1;
    }
    connection.commit();
    group.forEach(it -> it.written().complete(null));
    return true;
  }

  /** Those that are answered already stay so. */
  private static void failAll(List<Waiting> group, Exception failure) {
    group.forEach(it -> it.written().completeExceptionally(failure));
  }
}
