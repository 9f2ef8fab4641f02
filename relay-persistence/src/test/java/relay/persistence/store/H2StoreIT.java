package relay.persistence.store;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import relay.core.settings.StorageSettings;

class H2StoreIT extends StoreContract {
  private final Path directory;

  H2StoreIT(@TempDir Path directory) {
    this.directory = directory;
  }

  @Override
  StorageSettings emptyDatabase() {
    return new StorageSettings(null, null, null, directory);
  }
}
