package relay.http.termonmac;

import org.junit.jupiter.api.extension.RegisterExtension;
import relay.core.settings.StorageSettings;
import relay.http.testing.RelayServerExtension;
import relay.persistence.EmbeddedPostgresExtension;
import relay.persistence.Storage;

class PostgresSecretsIT extends SecretsContract {
  @RegisterExtension
  static final EmbeddedPostgresExtension POSTGRES = new EmbeddedPostgresExtension();

  private final StorageSettings database = POSTGRES.emptyDatabase();

  @Override
  RelayServerExtension server() {
    return new RelayServerExtension()
        .with("relay.storage.url", String.valueOf(database.url()))
        .with("relay.storage.user", String.valueOf(database.user()))
        .with("relay.storage.password", String.valueOf(database.password()));
  }

  @Override
  Storage storage() {
    return Storage.of(database);
  }
}
