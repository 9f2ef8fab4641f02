package relay.http.counting;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import relay.http.testing.RelayServerExtension;
import relay.persistence.Storage;

/** What a join and a frame cost in the database, counted by the database itself. */
class JournalStatementsTest {
  @RegisterExtension static final RelayServerExtension RELAY = new RelayServerExtension();

  @Test
  void aJoinIsOneInsertAndAFrameNoStatement() throws IOException, SQLException {
    Storage storage = Storage.of(RELAY.node().settings().storage());
    try (Connection database =
            DriverManager.getConnection(storage.url(), storage.user(), storage.password());
        Statement sql = database.createStatement()) {
      sql.execute("SET QUERY_STATISTICS_MAX_ENTRIES 1000");
      sql.execute("SET QUERY_STATISTICS TRUE");
      try (Talk talk = Talk.in("counted", RELAY.port(), 256)) {
        assertThat(writes(sql)).as("a claim and a join").isEqualTo(2);
        int readToWakeTheRoom = reads(sql);

        talk.exchange(200, 1);
        assertThat(writes(sql)).as("after 400 frames").isEqualTo(2);

        try (BlockingPeer _ = talk.joinedBy(BlockingPeer.phone(RELAY.port(), "counted"))) {
          assertThat(writes(sql)).as("another join").isEqualTo(3);
          assertThat(reads(sql)).as("of a room that is awake").isEqualTo(readToWakeTheRoom);
        }
      }
    }
  }

  private static int writes(Statement sql) throws SQLException {
    return executions(sql, "NOT LIKE 'select %'");
  }

  private static int reads(Statement sql) throws SQLException {
    return executions(sql, "LIKE 'select %'");
  }

  /** How often statements on the relay's tables, whose names it quotes, have been executed. */
  private static int executions(Statement sql, String like) throws SQLException {
    try (ResultSet sum =
        sql.executeQuery(
            """
            SELECT COALESCE(SUM(execution_count), 0) FROM information_schema.query_statistics
            WHERE REGEXP_LIKE(sql_statement, '"(event_journal|snapshot)"')
            AND LOWER(sql_statement) %s
            """
                .formatted(like))) {
      sum.next();
      return sum.getInt(1);
    }
  }
}
