package relay.persistence;

import static java.util.Objects.requireNonNull;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import relay.core.settings.StorageSettings;

/** A real PostgreSQL, started once for all tests of a run, with an empty database for who asks. */
public final class EmbeddedPostgresExtension implements BeforeAllCallback {
  private static final ExtensionContext.Namespace NAMESPACE =
      ExtensionContext.Namespace.create(EmbeddedPostgresExtension.class);

  /** A locale whose order of text is not that of bytes, as on many servers. */
  private static final String ICU =
      " TEMPLATE template0 LOCALE_PROVIDER icu ICU_LOCALE 'en-US' ENCODING 'UTF8'";

  private static final AtomicInteger DATABASES = new AtomicInteger();

  private @Nullable Server server;

  @Override
  public void beforeAll(ExtensionContext context) {
    server =
        context
            .getRoot()
            .getStore(NAMESPACE)
            .getOrComputeIfAbsent(Server.class, _ -> Server.start(), Server.class);
  }

  /** How to reach a new database that has nothing in it. */
  public StorageSettings emptyDatabase() {
    EmbeddedPostgres postgres = requireNonNull(server).postgres();
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

  private record Server(EmbeddedPostgres postgres) implements AutoCloseable {

    /** One a user: who comes second could not write into the first one's. */
    private static final File BINARIES =
        new File(
            System.getProperty("java.io.tmpdir"),
            "relay-embedded-pg-" + System.getProperty("user.name"));

    static Server start() {
      try {
        return new Server(
            EmbeddedPostgres.builder()
                .setOverrideWorkingDirectory(BINARIES)
                .setServerConfig("max_connections", "300")
                .start());
      } catch (IOException failure) {
        throw new UncheckedIOException(failure);
      }
    }

    @Override
    public void close() throws IOException {
      postgres.close();
    }
  }
}
