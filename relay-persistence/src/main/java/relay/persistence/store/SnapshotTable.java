package relay.persistence.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/** The statements on snapshots. */
final class SnapshotTable {
  private static final String IN_RANGE =
      """
      FROM "snapshot" WHERE "persistence_id" = ?
        AND "sequence_number" BETWEEN ? AND ? AND "created" BETWEEN ? AND ?
      """;

  private static final String LATEST =
      """
      SELECT "sequence_number", "created", "snapshot_ser_id", "snapshot_ser_manifest",
        "snapshot_payload"
      """
          + IN_RANGE
          + "ORDER BY \"sequence_number\" DESC LIMIT 1";

  private static final String DELETE = "DELETE " + IN_RANGE;

  private static final String INSERT =
      """
      INSERT INTO "snapshot" ("persistence_id", "sequence_number", "created",
        "snapshot_ser_id", "snapshot_ser_manifest", "snapshot_payload")
      VALUES (?, ?, ?, ?, ?, ?)
      """;

  private SnapshotTable() {}

  static Optional<SnapshotRow> latest(Connection connection, SnapshotRange range)
      throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(LATEST)) {
      set(select, range);
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? Optional.of(read(range.persistenceId(), row)) : Optional.empty();
      }
    }
  }

  static void replace(Connection connection, SnapshotRow row) throws SQLException {
    delete(
        connection,
        new SnapshotRange(row.persistenceId(), row.sequence(), row.sequence(), 0, Long.MAX_VALUE));
    try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
      insert.setString(1, row.persistenceId());
      insert.setLong(2, row.sequence());
      insert.setLong(3, row.created());
      row.payload().addTo(insert, 4);
      insert.executeUpdate();
    }
  }

  static void delete(Connection connection, SnapshotRange range) throws SQLException {
    try (PreparedStatement delete = connection.prepareStatement(DELETE)) {
      set(delete, range);
      delete.executeUpdate();
    }
  }

  private static void set(PreparedStatement statement, SnapshotRange range) throws SQLException {
    statement.setString(1, range.persistenceId());
    statement.setLong(2, range.minSequence());
    statement.setLong(3, range.maxSequence());
    statement.setLong(4, range.minCreated());
    statement.setLong(5, range.maxCreated());
  }

  private static SnapshotRow read(String persistenceId, ResultSet row) throws SQLException {
    return new SnapshotRow(persistenceId, row.getLong(1), row.getLong(2), Payload.of(row, 3));
  }
}
