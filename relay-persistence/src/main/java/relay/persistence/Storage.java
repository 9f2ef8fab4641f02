package relay.persistence;

import com.typesafe.config.Config;
import com.zaxxer.hikari.HikariConfig;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.pekko.actor.ActorSystem;
import org.jspecify.annotations.Nullable;
import relay.core.settings.StorageSettings;

/**
 * The database that keeps the journal: which engine, where, and how it is told to be durable. It
 * never shows its address, user or password.
 */
public record Storage(Engine engine, String url, @Nullable String user, @Nullable String password) {
  private static final String DATABASE = "relay-journal.database";

  /**
   * WRITE_DELAY=0: a commit returns when its bytes are the operating system's, so kill -9 loses
   * nothing that was acknowledged (by default H2 keeps commits in memory for half a second).
   * DB_CLOSE_ON_EXIT=FALSE: the actor system closes the database, after its last write and not from
   * a JVM hook that races with it.
   */
  private static final String H2_OPTIONS = ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE";

  /** Batched inserts in one statement, and no thread that waits for a dead peer for ever. */
  private static final Map<String, String> POSTGRESQL_OPTIONS =
      Map.of(
          "ApplicationName", "relay",
          "connectTimeout", "10",
          "reWriteBatchedInserts", "true",
          "socketTimeout", "30",
          "tcpKeepAlive", "true");

  public static Storage of(StorageSettings settings) {
    String url = settings.url();
    if (url == null) {
      return new Storage(Engine.H2, h2Url(settings.dataDir()), "relay", "");
    }
    if (!url.startsWith(Engine.POSTGRESQL.scheme())) {
      throw new IllegalArgumentException(
          "relay.storage.url is not an address of PostgreSQL: expected %s…, or nothing for the"
                  .formatted(Engine.POSTGRESQL.scheme())
              + " embedded database in relay.storage.data-dir");
    }
    return new Storage(Engine.POSTGRESQL, url, settings.user(), settings.password());
  }

  /** The storage of an actor system that was given its {@link #overrides}. */
  public static Storage of(ActorSystem system) {
    Config database = system.settings().config().getConfig(DATABASE);
    String url = database.getString("url");
    return new Storage(
        url.startsWith(Engine.H2.scheme()) ? Engine.H2 : Engine.POSTGRESQL,
        url,
        database.hasPath("user") ? database.getString("user") : null,
        database.hasPath("password") ? database.getString("password") : null);
  }

  /** Tells a pool how to connect. */
  public void addTo(HikariConfig pool) {
    pool.setDriverClassName(engine.driver());
    pool.setJdbcUrl(url);
    pool.setUsername(user);
    pool.setPassword(password);
    driverOptions().forEach(pool::addDataSourceProperty);
  }

  /** Whether several nodes can use it; an embedded one belongs to a single process. */
  public boolean isShared() {
    return engine == Engine.POSTGRESQL;
  }

  /** Driver options that are not part of the address; the address wins over them. */
  public Map<String, String> driverOptions() {
    return switch (engine) {
      case H2 -> Map.of();
      case POSTGRESQL -> POSTGRESQL_OPTIONS;
    };
  }

  /** What the actor system's configuration needs on top of {@code storage.conf}. */
  public Map<String, Object> overrides() {
    Map<String, Object> overrides = new HashMap<>();
    overrides.put(DATABASE + ".url", url);
    if (user != null) {
      overrides.put(DATABASE + ".user", user);
    }
    if (password != null) {
      overrides.put(DATABASE + ".password", password);
    }
    return Map.copyOf(overrides);
  }

  @Override
  public String toString() {
    return "Storage[" + engine + "]";
  }

  private static String h2Url(Path dataDir) {
    String file = dataDir.toAbsolutePath().normalize().resolve("relay").toString();
    if (file.contains(";")) {
      throw new IllegalArgumentException(
          "relay.storage.data-dir = " + dataDir + ": expected a path without ';'");
    }
    return "jdbc:h2:file:" + file + H2_OPTIONS;
  }
}
