package relay.persistence.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** The statements on events. */
final class EventTable {
  static final String INSERT =
      """
      INSERT INTO "event_journal" ("persistence_id", "sequence_number", "writer",
        "write_timestamp", "adapter_manifest", "event_ser_id", "event_ser_manifest", "event_payload")
      VALUES (?, ?, ?, ?, ?, ?, ?, ?)
      """;

  private static final String HIGHEST =
      """
      SELECT "sequence_number" FROM "event_journal" WHERE "persistence_id" = ?
      ORDER BY "sequence_number" DESC LIMIT 1
      """;

  private static final String SELECT =
      """
      SELECT "sequence_number", "writer", "write_timestamp", "adapter_manifest",
        "event_ser_id", "event_ser_manifest", "event_payload"
      FROM "event_journal"
      WHERE "persistence_id" = ? AND "sequence_number" BETWEEN ? AND ? AND NOT "deleted"
      ORDER BY "sequence_number" LIMIT ?
      """;

  private static final String HIDE =
      """
      UPDATE "event_journal" SET "deleted" = TRUE
      WHERE "persistence_id" = ? AND "sequence_number" = ?
      """;

  private static final String DELETE =
      """
      DELETE FROM "event_journal" WHERE "persistence_id" = ? AND "sequence_number" <= ?
      """;

  private EventTable() {}

  static void addTo(PreparedStatement insert, EventRow row) throws SQLException {
    insert.setString(1, row.persistenceId());
    insert.setLong(2, row.sequence());
    insert.setString(3, row.writer());
    insert.setLong(4, row.written());
    insert.setString(5, row.adapter());
    row.payload().addTo(insert, 6);
    insert.addBatch();
  }

  /** The sequence number of an entity's last event, deleted or not; 0 where there is none. */
  static long highest(Connection connection, String persistenceId) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(HIGHEST)) {
      select.setString(1, persistenceId);
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? row.getLong(1) : 0;
      }
    }
  }

  /** Both bounds belong to it. */
  static List<EventRow> range(
      Connection connection, String persistenceId, long from, long to, long limit)
      throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(SELECT)) {
      select.setString(1, persistenceId);
      select.setLong(2, from);
      select.setLong(3, to);
      select.setLong(4, limit);
      List<EventRow> rows = new ArrayList<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          rows.add(read(persistenceId, row));
        }
      }
      return rows;
    }
  }

  static void delete(Connection connection, Write.EventDeletion deletion) throws SQLException {
    long highest = highest(connection, deletion.persistenceId());
    if (deletion.upTo() < highest) {
      update(connection, DELETE, deletion.persistenceId(), deletion.upTo());
    } else if (highest > 0) {
      update(connection, DELETE, deletion.persistenceId(), highest - 1);
      update(connection, HIDE, deletion.persistenceId(), highest);
    }
  }

  private static void update(Connection connection, String sql, String persistenceId, long sequence)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, persistenceId);
      statement.setLong(2, sequence);
      statement.executeUpdate();
    }
  }

  private static EventRow read(String persistenceId, ResultSet row) throws SQLException {
    return new EventRow(
        persistenceId,
        row.getLong(1),
        row.getString(2),
        row.getLong(3),
        row.getString(4),
        Payload.of(row, 5));
  }
}
