package relay.persistence.tables;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicBoolean;
import org.h2.api.Trigger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import relay.core.settings.StorageSettings;

class H2ExpiringFactsIT extends ExpiringFactsContract {
  private final Path directory;

  H2ExpiringFactsIT(@TempDir Path directory) {
    this.directory = directory;
  }

  @Override
  StorageSettings emptyDatabase() {
    return new StorageSettings(null, null, null, directory);
  }

  @Test
  void whoWaitedForARowUntilTheDatabaseGaveUpTriesAgain() throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(storage.url(), storage.user(), storage.password());
        Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE TRIGGER \"held\" BEFORE INSERT ON \"expiring_fact\" FOR EACH ROW CALL '%s'"
              .formatted(HeldOnce.class.getName()));
    }

    assertThat(text(facts.putIfAbsent(KEY, bytes("fact"), SOON, NOW))).isEmpty();
    assertThat(HeldOnce.WAS_HELD).isTrue();
    assertThat(text(facts.take(KEY, NOW))).contains("fact");
  }

  /** Fails the first insert as H2 does when somebody else keeps the row for too long. */
  public static final class HeldOnce implements Trigger {
    private static final String LOCK_TIMEOUT = "HYT00";
    private static final AtomicBoolean WAS_HELD = new AtomicBoolean();

    @Override
    public void fire(Connection connection, Object[] before, Object[] after) throws SQLException {
      if (WAS_HELD.compareAndSet(false, true)) {
        throw new SQLTimeoutException("the row is locked", LOCK_TIMEOUT);
      }
    }
  }
}
