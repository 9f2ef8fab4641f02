package relay.persistence.erasure;

import org.junit.jupiter.api.extension.RegisterExtension;
import relay.core.settings.StorageSettings;
import relay.persistence.EmbeddedPostgresExtension;

class PostgresAccountErasureIT extends AccountErasureContract {
  @RegisterExtension
  static final EmbeddedPostgresExtension POSTGRES = new EmbeddedPostgresExtension();

  @Override
  StorageSettings emptyDatabase() {
    return POSTGRES.emptyDatabase();
  }
}
