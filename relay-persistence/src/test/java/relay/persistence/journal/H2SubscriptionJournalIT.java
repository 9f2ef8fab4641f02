package relay.persistence.journal;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import relay.core.settings.StorageSettings;

class H2SubscriptionJournalIT extends SubscriptionJournalContract {
  private final Path directory;

  H2SubscriptionJournalIT(@TempDir Path directory) {
    this.directory = directory;
  }

  @Override
  StorageSettings emptyDatabase() {
    return new StorageSettings(null, null, null, directory);
  }
}
