package relay.persistence.tables;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletionStage;
import relay.core.account.AccountId;
import relay.core.directory.RoomOwners;
import relay.persistence.QueryPool;

/** Keeps them in a table beside the journal. */
public final class JdbcRoomOwners implements RoomOwners {
  private static final int TIMEOUT_SECONDS = 5;

  private static final String INSERT =
      "INSERT INTO \"room_owner\" (\"account_id\", \"room_id\") VALUES (?, ?)";
  private static final String SOME =
      "SELECT \"room_id\" FROM \"room_owner\" WHERE \"account_id\" = ? LIMIT ?";
  private static final String DELETE =
      "DELETE FROM \"room_owner\" WHERE \"account_id\" = ? AND \"room_id\" = ?";

  private final QueryPool queries;

  /**
   * @param queries one that may write
   */
  public JdbcRoomOwners(QueryPool queries) {
    this.queries = queries;
  }

  @Override
  public CompletionStage<?> add(AccountId owner, String roomId) {
    return queries.ask(
        connection -> {
          try {
            JdbcCredentialIndex.update(connection, INSERT, owner.value(), roomId);
          } catch (SQLException failure) {
            if (!Transaction.isDuplicate(failure)) {
              throw failure;
            }
          }
          return roomId;
        });
  }

  @Override
  public CompletionStage<List<String>> some(AccountId owner, int limit) {
    PageLimit.check(limit, MAX_PAGE);
    return queries.ask(connection -> some(connection, owner.value(), limit));
  }

  @Override
  public CompletionStage<?> remove(AccountId owner, Collection<String> roomIds) {
    List<String> removed = List.copyOf(roomIds);
    return queries.ask(
        connection -> {
          for (String roomId : removed) {
            JdbcCredentialIndex.update(connection, DELETE, owner.value(), roomId);
          }
          return removed.size();
        });
  }

  private static List<String> some(Connection connection, String owner, int limit)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(SOME)) {
      statement.setQueryTimeout(TIMEOUT_SECONDS);
      statement.setString(1, owner);
      statement.setInt(2, limit);
      List<String> rooms = new ArrayList<>();
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          rooms.add(rows.getString(1));
        }
      }
      return List.copyOf(rooms);
    }
  }
}
