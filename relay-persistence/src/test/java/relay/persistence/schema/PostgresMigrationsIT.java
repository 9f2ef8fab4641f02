package relay.persistence.schema;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import relay.core.settings.StorageSettings;
import relay.persistence.EmbeddedPostgresExtension;
import relay.persistence.Storage;

class PostgresMigrationsIT extends MigrationsContract {
  @RegisterExtension
  static final EmbeddedPostgresExtension POSTGRES = new EmbeddedPostgresExtension();

  @Override
  StorageSettings emptyDatabase() {
    return POSTGRES.emptyDatabase();
  }

  @Test
  void aDatabaseThatIsAwayStopsTheStartAndNoSecretIsTold() {
    Storage away =
        Storage.of(
            new StorageSettings(
                "jdbc:postgresql://localhost:1/relay?password=hush",
                "relay",
                "quiet",
                Path.of("")));

    assertThatThrownBy(() -> Migrations.run(away))
        .isInstanceOf(SchemaRefused.class)
        .hasStackTraceContaining("Connection to localhost:1 refused")
        .satisfies(PostgresMigrationsIT::tellsNoSecret);
  }

  private static void tellsNoSecret(Throwable thrown) {
    for (Throwable each = thrown; each != null; each = each.getCause()) {
      if (String.valueOf(each.getMessage()).matches("(?s).*(hush|quiet).*")) {
        throw new AssertionError("a secret is told: " + each.getMessage());
      }
    }
  }
}
