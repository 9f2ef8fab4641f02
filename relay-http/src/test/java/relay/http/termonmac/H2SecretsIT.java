package relay.http.termonmac;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import relay.core.settings.StorageSettings;
import relay.http.testing.RelayServerExtension;
import relay.persistence.Storage;

class H2SecretsIT extends SecretsContract {
  private final Path data;

  H2SecretsIT(@TempDir Path data) {
    this.data = data;
  }

  @Override
  RelayServerExtension server() {
    return new RelayServerExtension().with("relay.storage.data-dir", data.toString());
  }

  @Override
  Storage storage() {
    return Storage.of(new StorageSettings(null, null, null, data));
  }
}
