package relay.persistence.tables;

import java.io.NotSerializableException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLDataException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import relay.core.directory.RoomHistory;
import relay.core.room.RoomEvent;
import relay.core.room.RoomKey;
import relay.core.sharding.RelaySharding;
import relay.persistence.QueryPool;
import relay.persistence.journal.StoredForm;

/** Reads a room's events from the journal; what happened before it was forgotten is not told. */
public final class JdbcRoomHistory implements RoomHistory {
  private static final int TIMEOUT_SECONDS = 10;

  private static final String PAGE =
      """
      SELECT "sequence_number", "event_ser_id", "event_ser_manifest", "event_payload"
      FROM "event_journal"
      WHERE "persistence_id" = ? AND "sequence_number" > ? AND NOT "deleted"
        AND "sequence_number" > (
          SELECT COALESCE(MAX(forgotten."sequence_number"), 0)
          FROM "event_journal" forgotten
          WHERE forgotten."persistence_id" = ? AND forgotten."event_ser_manifest" = ?)
      ORDER BY "sequence_number"
      LIMIT ?
      """;

  private final QueryPool queries;

  public JdbcRoomHistory(QueryPool queries) {
    this.queries = queries;
  }

  @Override
  public CompletionStage<List<Entry>> page(RoomKey room, long after, int limit) {
    PageLimit.check(limit, MAX_PAGE);
    String id = RelaySharding.persistenceId(room).id();
    return queries.ask(connection -> read(connection, id, after, limit));
  }

  private static List<Entry> read(Connection connection, String id, long after, int limit)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(PAGE)) {
      statement.setQueryTimeout(TIMEOUT_SECONDS);
      statement.setString(1, id);
      statement.setLong(2, after);
      statement.setString(3, id);
      statement.setString(4, StoredForm.ROOM_FORGOTTEN);
      statement.setInt(5, limit);
      List<Entry> entries = new ArrayList<>();
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          entries.add(new Entry(rows.getLong(1), event(rows)));
        }
      }
      return List.copyOf(entries);
    }
  }

  private static RoomEvent event(ResultSet row) throws SQLException {
    int serializer = row.getInt(2);
    String manifest = row.getString(3);
    if (serializer != StoredForm.SERIALIZER_ID) {
      throw new SQLDataException(
          "An event was stored by serializer %d: expected %d"
              .formatted(serializer, StoredForm.SERIALIZER_ID));
    }
    try {
      if (StoredForm.read(manifest, row.getBytes(4)) instanceof RoomEvent event) {
        return event;
      }
      throw new SQLDataException("'" + manifest + "' is stored as event, and is none of a room");
    } catch (NotSerializableException unreadable) {
      throw new SQLDataException(unreadable.getMessage(), unreadable);
    }
  }
}
