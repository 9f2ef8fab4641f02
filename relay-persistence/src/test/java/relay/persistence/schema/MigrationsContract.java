package relay.persistence.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import relay.core.settings.StorageSettings;
import relay.persistence.Storage;

/** What starting does to a schema, on every engine. */
abstract class MigrationsContract {

  Storage storage;

  abstract StorageSettings emptyDatabase();

  @BeforeEach
  void openEmptyDatabase() {
    storage = Storage.of(emptyDatabase());
  }

  @Test
  void anEmptyDatabaseGetsEveryTable() throws SQLException {
    Migrations.run(storage);

    assertThat(count("\"event_journal\"")).isZero();
    assertThat(count("\"snapshot\"")).isZero();
    assertThat(count("\"credential_owner\"")).isZero();
    assertThat(count("\"identity_owner\"")).isZero();
    assertThat(count("\"email_owner\"")).isZero();
    assertThat(count("\"account_deletion\"")).isZero();
    assertThat(count("\"room_owner\"")).isZero();
  }

  @Test
  void aCurrentSchemaAndWhatIsInItStayAsTheyAre() throws SQLException {
    Migrations.run(storage);
    execute(
        "INSERT INTO \"snapshot\" (\"persistence_id\", \"sequence_number\", \"created\","
            + " \"snapshot_ser_id\", \"snapshot_ser_manifest\", \"snapshot_payload\")"
            + " VALUES ('Room|a', 1, 0, 1, '', '')");

    Migrations.run(storage);

    assertThat(count("\"snapshot\"")).isEqualTo(1);
  }

  @Test
  void tablesOfSomebodyElseStopTheStart() throws SQLException {
    execute("CREATE TABLE \"event_journal\" (\"something\" INTEGER)");

    assertThatThrownBy(() -> Migrations.run(storage))
        .isInstanceOf(SchemaRefused.class)
        .hasMessageContaining(storage.engine().name())
        .hasMessageContaining("non-empty schema");
  }

  @Test
  void aMigrationThatFailedStopsTheStart() throws SQLException {
    Migrations.run(storage);
    execute("UPDATE \"relay_schema\" SET \"success\" = FALSE WHERE \"version\" = '1'");

    assertThatThrownBy(() -> Migrations.run(storage)).isInstanceOf(SchemaRefused.class);
  }

  @Test
  void aMigrationThatWasNotOursStopsTheStart() throws SQLException {
    Migrations.run(storage);
    execute("UPDATE \"relay_schema\" SET \"checksum\" = 1 WHERE \"version\" = '1'");

    assertThatThrownBy(() -> Migrations.run(storage))
        .isInstanceOf(SchemaRefused.class)
        .hasMessageContaining("checksum");
  }

  @Test
  void aSchemaOfALaterVersionIsLeftAlone() throws SQLException {
    Migrations.run(storage);
    execute(
        "INSERT INTO \"relay_schema\" SELECT \"installed_rank\" + 100, '9', 'later', \"type\","
            + " 'V9__later.sql', 9, \"installed_by\", \"installed_on\", 1, TRUE"
            + " FROM \"relay_schema\" WHERE \"installed_rank\" ="
            + " (SELECT MAX(\"installed_rank\") FROM \"relay_schema\")");

    Migrations.run(storage);

    assertThat(count("\"event_journal\"")).isZero();
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  int count(String what) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT count(*) FROM " + what)) {
      rows.next();
      return rows.getInt(1);
    }
  }

  private Connection connect() throws SQLException {
    return DriverManager.getConnection(storage.url(), storage.user(), storage.password());
  }
}
