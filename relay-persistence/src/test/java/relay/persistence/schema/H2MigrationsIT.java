package relay.persistence.schema;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import relay.core.settings.StorageSettings;
import relay.persistence.Storage;

class H2MigrationsIT extends MigrationsContract {
  private final Path directory;

  H2MigrationsIT(@TempDir Path directory) {
    this.directory = directory;
  }

  @Override
  StorageSettings emptyDatabase() {
    return new StorageSettings(null, null, null, directory.resolve("data"));
  }

  @Test
  void aFileThatIsNoDatabaseStopsTheStart() throws IOException {
    Files.createDirectories(directory.resolve("data"));
    Files.writeString(directory.resolve("data/relay.mv.db"), "not a database");

    assertThatThrownBy(() -> Migrations.run(Storage.of(emptyDatabase())))
        .isInstanceOf(SchemaRefused.class)
        .hasMessageContaining("H2");
  }

  @Test
  void aDataDirectoryThatCannotBeMadeStopsTheStart() throws IOException {
    Files.writeString(directory.resolve("data"), "a file");

    assertThatThrownBy(() -> Migrations.run(Storage.of(emptyDatabase())))
        .isInstanceOf(SchemaRefused.class);
  }
}
