package relay.persistence.schema;

import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import relay.persistence.Storage;

/**
 * Brings the tables to what this version needs, under the database's own lock, before the actor
 * system starts. It never guesses: a schema it does not know stops the start.
 */
public final class Migrations {
  private static final String HISTORY = "relay_schema";

  /** One a second: a node that starts while another one migrates waits for it this long. */
  private static final int LOCK_ATTEMPTS = 120;

  private Migrations() {}

  /**
   * Returns once the schema is current, whoever of several starting nodes brought it there.
   *
   * @throws SchemaRefused if it cannot be reached, read or migrated
   */
  public static void run(Storage storage) {
    try {
      Flyway.configure(Migrations.class.getClassLoader())
          .dataSource(storage.url(), storage.user(), storage.password())
          .locations(storage.engine().migrations())
          .failOnMissingLocations(true)
          .validateMigrationNaming(true)
          .table(HISTORY)
          .lockRetryCount(LOCK_ATTEMPTS)
          .load()
          .migrate();
    } catch (FlywayException failure) {
      throw new SchemaRefused(storage, failure);
    }
  }
}
