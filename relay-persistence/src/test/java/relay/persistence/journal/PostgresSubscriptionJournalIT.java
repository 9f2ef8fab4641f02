package relay.persistence.journal;

import org.junit.jupiter.api.extension.RegisterExtension;
import relay.core.settings.StorageSettings;
import relay.persistence.EmbeddedPostgresExtension;

class PostgresSubscriptionJournalIT extends SubscriptionJournalContract {
  @RegisterExtension
  static final EmbeddedPostgresExtension POSTGRES = new EmbeddedPostgresExtension();

  @Override
  StorageSettings emptyDatabase() {
    return POSTGRES.emptyDatabase();
  }
}
