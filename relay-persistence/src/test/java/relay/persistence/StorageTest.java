package relay.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import relay.core.settings.StorageSettings;

class StorageTest {
  private static final String DATABASE = "relay-journal.database.";

  @Test
  void withoutAnAddressItIsAFileInTheDataDirectory() {
    Storage storage = Storage.of(settings(null, null, null));

    assertThat(storage.isShared()).isFalse();
    assertThat(storage.overrides())
        .containsEntry(
            DATABASE + "url",
            "jdbc:h2:file:/var/lib/relay/relay;WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE");
  }

  @Test
  void postgresqlIsReachedByItsAddress() {
    Storage storage = Storage.of(settings("jdbc:postgresql://db/relay", "relay", "hush"));

    assertThat(storage.isShared()).isTrue();
    assertThat(storage.overrides())
        .containsEntry(DATABASE + "url", "jdbc:postgresql://db/relay")
        .containsEntry(DATABASE + "user", "relay")
        .containsEntry(DATABASE + "password", "hush");
  }

  @Test
  void credentialsThatAreNotGivenAreNotMadeUp() {
    assertThat(
            Storage.of(settings("jdbc:postgresql://db/relay?user=relay", null, null)).overrides())
        .doesNotContainKeys(DATABASE + "user", DATABASE + "password");
  }

  @Test
  void anotherDatabaseIsRefusedWithoutShowingItsAddress() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Storage.of(settings("jdbc:mysql://db/?password=hush", null, null)))
        .withMessageContaining("relay.storage.url")
        .withMessageContaining("jdbc:postgresql:")
        .withMessageNotContaining("hush");
  }

  @Test
  void aDataDirectoryThatH2WouldReadAsOptionsIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> Storage.of(new StorageSettings(null, null, null, Path.of("/data;TRACE=1"))))
        .withMessageContaining("relay.storage.data-dir");
  }

  @Test
  void printingItShowsNoSecret() {
    Storage storage =
        Storage.of(settings("jdbc:postgresql://db/relay?password=hush", "relay", "hush"));

    assertThat(storage.toString()).isEqualTo("Storage[POSTGRESQL]");
  }

  private static StorageSettings settings(
      @Nullable String url, @Nullable String user, @Nullable String password) {
    return new StorageSettings(url, user, password, Path.of("/var/lib/relay"));
  }
}
