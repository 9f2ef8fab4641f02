package relay.persistence.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/** Writes of many entities in one transaction: one commit makes all of them last. */
final class Transaction {
  private Transaction() {}

  /**
   * Leaves committing to the caller.
   *
   * @param connection one that does not commit by itself
   * @throws SQLException if one of them cannot be written; then none of them counts
   */
  static void write(Connection connection, List<Write> writes) throws SQLException {
    int events = 0;
    try (PreparedStatement insert = connection.prepareStatement(EventTable.INSERT)) {
      for (Write write : writes) {
        switch (write) {
          case Write.Events(var rows) -> {
            for (EventRow row : rows) {
              EventTable.addTo(insert, row);
              events++;
            }
          }
          case Write.EventDeletion deletion -> EventTable.delete(connection, deletion);
          case Write.Snapshot(var row) -> SnapshotTable.replace(connection, row);
          case Write.SnapshotDeletion(var range) -> SnapshotTable.delete(connection, range);
        }
      }
      if (events > 0) {
        insert.executeBatch();
      }
    }
  }
}
