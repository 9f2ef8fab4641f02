package relay.persistence.erasure;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import relay.core.settings.StorageSettings;

class H2AccountErasureIT extends AccountErasureContract {
  private final Path directory;

  H2AccountErasureIT(@TempDir Path directory) {
    this.directory = directory;
  }

  @Override
  StorageSettings emptyDatabase() {
    return new StorageSettings(null, null, null, directory);
  }
}
