package relay.persistence;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import relay.core.settings.StorageSettings;

/**
 * A real PostgreSQL, started once for all tests of a process, with an empty database for who asks.
 * It is not kept in JUnit's store: forks that share the tests have a store for each class.
 */
public final class EmbeddedPostgresExtension implements BeforeAllCallback {
  /** A locale whose order of text is not that of bytes, as on many servers. */
  private static final String ICU =
      " TEMPLATE template0 LOCALE_PROVIDER icu ICU_LOCALE 'en-US' ENCODING 'UTF8'";

  private static final AtomicInteger DATABASES = new AtomicInteger();

  /** Here rather than with the first database, so that its start is not within a test's time. */
  @Override
  public void beforeAll(ExtensionContext context) {
    Server.POSTGRES.getPort();
  }

  /** How to reach a new database that has nothing in it. */
  public StorageSettings emptyDatabase() {
    EmbeddedPostgres postgres = Server.POSTGRES;
    String name = "relay_" + DATABASES.incrementAndGet();
    try (Connection connection = postgres.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + name + ICU);
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
    return new StorageSettings(
        "jdbc:postgresql://localhost:" + postgres.getPort() + "/" + name,
        "postgres",
        "postgres",
        Path.of("unused"));
  }

  /** Started by its first use, and ended by its own hook when the process ends. */
  private static final class Server {
    private static final EmbeddedPostgres POSTGRES = start();

    /** One a user: who comes second could not write into the first one's. */
    private static File binaries() {
      return new File(
          System.getProperty("java.io.tmpdir"),
          "relay-embedded-pg-" + System.getProperty("user.name"));
    }

    private static EmbeddedPostgres start() {
      try {
        return EmbeddedPostgres.builder()
            .setOverrideWorkingDirectory(binaries())
            .setServerConfig("max_connections", "300")
            .setPort(FreePorts.one())
            .setPGStartupWait(Duration.ofSeconds(60))
            .start();
      } catch (IOException failure) {
        throw new UncheckedIOException(failure);
      }
    }
  }
}
