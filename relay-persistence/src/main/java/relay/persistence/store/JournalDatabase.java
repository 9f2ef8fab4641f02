package relay.persistence.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.AbstractExtensionId;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.actor.Extension;
import relay.persistence.Storage;

/**
 * The database as journal and snapshot store use it, one for each actor system: a thread that
 * writes, a few that read, and a connection for each of them.
 */
final class JournalDatabase implements Extension {
  static final Id ID = new Id();

  private static final int READERS = 3;

  /** Longer than recoveries that may be under way, so that none of them is refused. */
  private static final int MAX_WAITING_READS = 10_000;

  /**
   * A room has one write at a time, so it is the rooms that write at once. Past it a write fails
   * and its room restarts with a delay.
   */
  private static final int MAX_WAITING_WRITES = 50_000;

  /** Shorter than the circuit breaker's patience. */
  private static final int CONNECTION_TIMEOUT_MILLIS = 10_000;

  private final HikariDataSource connections;
  private final GroupCommit writer;
  private final ThreadPoolExecutor readers;

  /** A question; it has the connection for itself until it returns. */
  @FunctionalInterface
  interface Read<T> {
    T ask(Connection connection) throws SQLException;
  }

  private JournalDatabase(Storage storage) {
    HikariConfig config = new HikariConfig();
    config.setPoolName("relay-journal");
    storage.addTo(config);
    config.setMaximumPoolSize(READERS + 1);
    config.setMinimumIdle(1);
    config.setConnectionTimeout(CONNECTION_TIMEOUT_MILLIS);
    config.setInitializationFailTimeout(-1);
    connections = new HikariDataSource(config);
    writer = new GroupCommit(connections::getConnection, MAX_WAITING_WRITES);
    readers =
        new ThreadPoolExecutor(
            READERS,
            READERS,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(MAX_WAITING_READS),
            Thread.ofPlatform().name("relay-journal-read-", 1).daemon().factory());
  }

  /** Completes once the write is committed, and fails if that is not certain. */
  CompletionStage<Void> write(Write write) {
    return writer.submit(write);
  }

  /** Fails with what the database said, or at once if too many questions wait already. */
  <T> CompletionStage<T> read(Read<T> read) {
    try {
      return CompletableFuture.supplyAsync(() -> run(read), readers);
    } catch (RejectedExecutionException rejected) {
      return CompletableFuture.failedFuture(rejected);
    }
  }

  private <T> T run(Read<T> read) {
    try (Connection connection = connections.getConnection()) {
      return read.ask(connection);
    } catch (SQLException failure) {
      throw new CompletionException(failure);
    }
  }

  /** After the last entity has written its last events. */
  private void close() {
    writer.close();
    readers.close();
    connections.close();
  }

  /** How to have a system's. */
  static final class Id extends AbstractExtensionId<JournalDatabase> {
    @Override
    public JournalDatabase createExtension(ExtendedActorSystem system) {
      JournalDatabase database = new JournalDatabase(Storage.of(system));
      system.registerOnTermination(database::close);
      return database;
    }

    static JournalDatabase of(ActorSystem system) {
      return ID.get(system);
    }
  }
}
