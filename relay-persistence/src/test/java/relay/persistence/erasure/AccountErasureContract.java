package relay.persistence.erasure;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import relay.core.room.entity.RoomNotice;
import relay.core.settings.StorageSettings;
import relay.persistence.Storage;
import relay.persistence.schema.Migrations;

/** What the database holds of an account before and after its erasure, on every engine. */
abstract class AccountErasureContract {
  private static final List<String> TABLES =
      List.of(
          "credential_owner",
          "identity_owner",
          "email_owner",
          "purchase_owner",
          "room_owner",
          "account_deletion",
          "snapshot");

  private Storage storage;

  abstract StorageSettings emptyDatabase();

  @BeforeEach
  void migrate() {
    storage = Storage.of(emptyDatabase());
    Migrations.run(storage);
  }

  @Test
  void ofAnAccountThatNobodyAsksForAnyMoreNothingStaysButThatItWas() throws Exception {
    try (ErasingNode node = ErasingNode.start(storage)) {
      node.livesALife();
      node.isDeleted();
      for (String table : TABLES) {
        assertThat(count(table)).as(table).isPositive();
      }
      node.passes(Duration.ofDays(29));
      node.isKept();
      node.passes(Duration.ofDays(1));
      node.isKept();
      node.passes(Duration.ofMinutes(1));

      node.isErased();

      assertThat(node.told(RoomNotice.Close.class).code()).isEqualTo(1001);
    }
    for (String table : TABLES) {
      assertThat(count(table)).as(table).isZero();
    }
    assertThat(journal())
        .containsExactly(
            "account|" + ErasingNode.ACCOUNT + " account.erased/1 false",
            "room|termonmac-connected room.forgotten/1 true",
            "room|termonmac-left room.forgotten/1 true",
            "subscription|" + ErasingNode.ACCOUNT + " subscription.erased/1 false");
    assertThat(payloads()).doesNotContain(ErasingNode.EMAIL, ErasingNode.ACCOUNT.value());
  }

  @Test
  void whatOneSweepDidNotFinishTheNextDoes() throws Exception {
    try (ErasingNode node = ErasingNode.start(storage)) {
      node.livesALife();
      node.isDeleted();
      node.diesWithinAnErasure(Duration.ofDays(30).plusMinutes(1));
    }
    assertThat(count("account_deletion")).isEqualTo(1);

    try (ErasingNode next = ErasingNode.start(storage)) {
      next.passes(Duration.ofDays(31));
      next.isErased();
    }
    for (String table : TABLES) {
      assertThat(count(table)).as(table).isZero();
    }
    assertThat(journal()).hasSize(4);
  }

  @Test
  void anAccountThatWasRestoredIsKeptWhole() throws Exception {
    try (ErasingNode node = ErasingNode.start(storage)) {
      node.livesALife();
      node.isDeleted();
      node.isRestored();
      int events = journal().size();
      node.passes(Duration.ofDays(31));

      node.isKept();

      assertThat(count("account_deletion")).isZero();
      assertThat(journal()).hasSizeGreaterThanOrEqualTo(events);
      assertThat(count("room_owner")).isEqualTo(2);
    }
  }

  private int count(String table) throws SQLException {
    return Integer.parseInt(rows("SELECT COUNT(*) FROM \"%s\"".formatted(table)).getFirst());
  }

  private List<String> journal() throws SQLException {
    return rows(
        "SELECT \"persistence_id\" || ' ' || \"event_ser_manifest\" || ' ' ||"
            + " LOWER(CAST(\"deleted\" AS VARCHAR(5))) FROM \"event_journal\""
            + " ORDER BY \"persistence_id\", \"sequence_number\"");
  }

  private String payloads() throws SQLException {
    StringBuilder all = new StringBuilder();
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery("SELECT \"event_payload\" FROM \"event_journal\"")) {
      while (rows.next()) {
        all.append(new String(rows.getBytes(1), StandardCharsets.UTF_8));
      }
    }
    return all.toString();
  }

  private List<String> rows(String sql) throws SQLException {
    List<String> found = new ArrayList<>();
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        found.add(rows.getString(1));
      }
    }
    return found;
  }

  private Connection connect() throws SQLException {
    return DriverManager.getConnection(storage.url(), storage.user(), storage.password());
  }
}
