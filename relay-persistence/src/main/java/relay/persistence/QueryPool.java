package relay.persistence;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * A few threads and as many connections for questions to the database, so that neither they nor the
 * journal ever wait for each other.
 */
public final class QueryPool implements AutoCloseable {
  /** One connection a thread: a query that has a thread has a connection. */
  private static final int SIZE = 4;

  /** Operators' questions; past it they fail at once, which the asker notices. */
  private static final int MAX_WAITING_READS = 64;

  /** A node that starts is asked by all its clients at once whose their keys are. */
  private static final int MAX_WAITING_FOR_TABLES = 20_000;

  private static final int CONNECTION_TIMEOUT_MILLIS = 5_000;

  private final HikariDataSource connections;
  private final ThreadPoolExecutor threads;

  private QueryPool(HikariDataSource connections, ThreadPoolExecutor threads) {
    this.connections = connections;
    this.threads = threads;
  }

  /** One question; it has the connection for itself until it returns. */
  @FunctionalInterface
  public interface Query<T> {
    T ask(Connection connection) throws SQLException;
  }

  /**
   * It never writes. Connects when first asked: a database that is away makes queries fail, not the
   * start.
   */
  public static QueryPool open(Storage storage) {
    return open(storage, "relay-query", true, MAX_WAITING_READS);
  }

  /**
   * As {@link #open}, for tables beside the journal that may be written; each statement is a
   * transaction, unless the query says otherwise.
   */
  public static QueryPool openForWrites(Storage storage) {
    return open(storage, "relay-table", false, MAX_WAITING_FOR_TABLES);
  }

  private static QueryPool open(Storage storage, String name, boolean isReadOnly, int maxWaiting) {
    HikariConfig config = new HikariConfig();
    config.setPoolName(name);
    storage.addTo(config);
    config.setMaximumPoolSize(SIZE);
    config.setMinimumIdle(1);
    config.setReadOnly(isReadOnly);
    config.setConnectionTimeout(CONNECTION_TIMEOUT_MILLIS);
    config.setInitializationFailTimeout(-1);
    ThreadPoolExecutor threads =
        new ThreadPoolExecutor(
            SIZE,
            SIZE,
            30,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(maxWaiting),
            Thread.ofPlatform().name(name + "-", 1).daemon().factory());
    threads.allowCoreThreadTimeOut(true);
    return new QueryPool(new HikariDataSource(config), threads);
  }

  /** Fails with what the database said, or at once if too many queries wait already. */
  public <T> CompletionStage<T> ask(Query<T> query) {
    try {
      return CompletableFuture.supplyAsync(() -> run(query), threads);
    } catch (RejectedExecutionException rejected) {
      return CompletableFuture.failedFuture(rejected);
    }
  }

  @Override
  public void close() {
    threads.shutdown();
    connections.close();
  }

  private <T> T run(Query<T> query) {
    try (Connection connection = connections.getConnection()) {
      return query.ask(connection);
    } catch (SQLException failure) {
      throw new CompletionException(failure);
    }
  }
}
