package relay.persistence.tables;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.persistence.typed.PersistenceId;
import org.jspecify.annotations.Nullable;
import relay.core.directory.RoomDirectory;
import relay.core.room.Dialect;
import relay.core.room.RoomKey;
import relay.core.sharding.EntityIds;
import relay.core.sharding.RelaySharding;
import relay.persistence.QueryPool;
import relay.persistence.journal.StoredForm;

/**
 * Reads the rooms off the journal's primary key, so that there is no second list to keep in step.
 */
public final class JdbcRoomDirectory implements RoomDirectory {
  private static final int TIMEOUT_SECONDS = 10;

  /** Sorts behind every character of an entity id. */
  private static final char LAST = '\u007f';

  /**
   * The first room of a range that is not forgotten. A forgotten room's events may still be there,
   * or be gone but for the last, which is then marked as deleted.
   */
  private static final String FIRST_ROOM =
      """
      SELECT room."persistence_id"
      FROM "event_journal" room
      WHERE room."persistence_id" > %s AND room."persistence_id" < ? AND NOT room."deleted"
        AND (SELECT last."event_ser_manifest"
             FROM "event_journal" last
             WHERE last."persistence_id" = room."persistence_id"
             ORDER BY last."sequence_number" DESC
             LIMIT 1) <> ?
      ORDER BY room."persistence_id"
      LIMIT 1
      """;

  /** One step in the index from room to room, however many events each of them has. */
  private static final String PAGE =
      """
      WITH RECURSIVE page(id, number) AS (
        SELECT (%s), 1
        UNION ALL
        SELECT (%s), number + 1 FROM page WHERE id IS NOT NULL AND number < ?
      )
      SELECT id FROM page WHERE id IS NOT NULL ORDER BY number
      """
          .formatted(FIRST_ROOM.formatted("?"), FIRST_ROOM.formatted("page.id"));

  private final QueryPool queries;

  public JdbcRoomDirectory(QueryPool queries) {
    this.queries = queries;
  }

  @Override
  public CompletionStage<List<RoomKey>> page(Dialect dialect, @Nullable String after, int limit) {
    PageLimit.check(limit, MAX_PAGE);
    String first = prefix(dialect);
    String from =
        after == null ? first : RelaySharding.persistenceId(new RoomKey(dialect, after)).id();
    return queries.ask(connection -> read(connection, from, first + LAST, limit));
  }

  private static List<RoomKey> read(Connection connection, String from, String to, int limit)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(PAGE)) {
      statement.setQueryTimeout(TIMEOUT_SECONDS);
      statement.setString(1, from);
      statement.setString(2, to);
      statement.setString(3, StoredForm.ROOM_FORGOTTEN);
      statement.setString(4, to);
      statement.setString(5, StoredForm.ROOM_FORGOTTEN);
      statement.setInt(6, limit);
      List<RoomKey> rooms = new ArrayList<>();
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          rooms.add(EntityIds.roomKey(PersistenceId.extractEntityId(rows.getString(1))));
        }
      }
      return List.copyOf(rooms);
    }
  }

  /** What the ids of all rooms of a dialect begin with: a digit is encoded as itself. */
  private static String prefix(Dialect dialect) {
    String shortest = RelaySharding.persistenceId(new RoomKey(dialect, "0")).id();
    return shortest.substring(0, shortest.length() - 1);
  }
}
