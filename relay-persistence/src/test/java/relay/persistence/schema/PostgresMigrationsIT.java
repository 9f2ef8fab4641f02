package relay.persistence.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import relay.core.settings.StorageSettings;
import relay.persistence.EmbeddedPostgresExtension;
import relay.persistence.Storage;

class PostgresMigrationsIT extends MigrationsContract {
  private static final int NODES = 4;

  @RegisterExtension
  static final EmbeddedPostgresExtension POSTGRES = new EmbeddedPostgresExtension();

  @Override
  StorageSettings emptyDatabase() {
    return POSTGRES.emptyDatabase();
  }

  /** Only here: an embedded database belongs to one process. */
  @Test
  void nodesThatStartTogetherMigrateOnce() throws Exception {
    CyclicBarrier together = new CyclicBarrier(NODES);
    Callable<Object> start =
        () -> {
          together.await();
          Migrations.run(storage);
          return storage;
        };
    try (ExecutorService nodes = Executors.newFixedThreadPool(NODES)) {
      List<Future<Object>> starting = new ArrayList<>();
      for (int node = 0; node < NODES; node++) {
        starting.add(nodes.submit(start));
      }
      for (Future<Object> started : starting) {
        assertThat(started.get()).isSameAs(storage);
      }
    }
    assertThat(count("\"relay_schema\" WHERE \"version\" = '1'")).isEqualTo(1);
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
