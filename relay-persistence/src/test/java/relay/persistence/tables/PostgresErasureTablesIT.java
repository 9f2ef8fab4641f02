package relay.persistence.tables;

import org.junit.jupiter.api.extension.RegisterExtension;
import relay.core.settings.StorageSettings;
import relay.persistence.EmbeddedPostgresExtension;

class PostgresErasureTablesIT extends ErasureTablesContract {
  @RegisterExtension
  static final EmbeddedPostgresExtension POSTGRES = new EmbeddedPostgresExtension();

  @Override
  StorageSettings emptyDatabase() {
    return POSTGRES.emptyDatabase();
  }
}
