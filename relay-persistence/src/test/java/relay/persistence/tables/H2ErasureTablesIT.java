package relay.persistence.tables;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import relay.core.settings.StorageSettings;

class H2ErasureTablesIT extends ErasureTablesContract {
  private final Path directory;

  H2ErasureTablesIT(@TempDir Path directory) {
    this.directory = directory;
  }

  @Override
  StorageSettings emptyDatabase() {
    return new StorageSettings(null, null, null, directory);
  }
}
