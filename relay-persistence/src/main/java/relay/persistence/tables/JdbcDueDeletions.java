package relay.persistence.tables;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import relay.core.account.AccountId;
import relay.core.directory.DueDeletions;
import relay.persistence.QueryPool;

/** Keeps them in a table beside the journal; each statement is a transaction. */
public final class JdbcDueDeletions implements DueDeletions {
  private static final int TIMEOUT_SECONDS = 5;
  private static final int ATTEMPTS = 3;

  private static final String PUT =
      "UPDATE \"account_deletion\" SET \"due_at\" = ? WHERE \"account_id\" = ?";
  private static final String INSERT =
      "INSERT INTO \"account_deletion\" (\"due_at\", \"account_id\") VALUES (?, ?)";
  private static final String MOVE = PUT + " AND \"due_at\" = ?";
  private static final String REMOVE =
      "DELETE FROM \"account_deletion\" WHERE \"account_id\" = ? AND \"due_at\" = ?";
  private static final String DUE =
      """
      SELECT "account_id", "due_at" FROM "account_deletion"
      WHERE "due_at" <= ? ORDER BY "due_at", "account_id" LIMIT ?
      """;

  private final QueryPool queries;

  /**
   * @param queries one that may write
   */
  public JdbcDueDeletions(QueryPool queries) {
    this.queries = queries;
  }

  @Override
  public CompletionStage<?> put(AccountId account, Instant at) {
    return queries.ask(connection -> put(connection, account.value(), at.toEpochMilli()));
  }

  @Override
  public CompletionStage<List<Due>> due(Instant now, int limit) {
    PageLimit.check(limit, MAX_PAGE);
    return queries.ask(connection -> due(connection, now.toEpochMilli(), limit));
  }

  @Override
  public CompletionStage<?> move(Due due, Instant to) {
    return queries.ask(
        connection ->
            update(
                connection,
                MOVE,
                to.toEpochMilli(),
                due.account().value(),
                due.at().toEpochMilli()));
  }

  @Override
  public CompletionStage<?> remove(Due due) {
    return queries.ask(
        connection -> update(connection, REMOVE, due.account().value(), due.at().toEpochMilli()));
  }

  private static boolean put(Connection connection, String account, long at) throws SQLException {
    for (int attempt = 1; ; attempt++) {
      if (update(connection, PUT, at, account) == 1) {
        return true;
      }
      try {
        return update(connection, INSERT, at, account) == 1;
      } catch (SQLException taken) {
        if (attempt == ATTEMPTS || !Transaction.lostARace(taken)) {
          throw taken;
        }
      }
    }
  }

  private static List<Due> due(Connection connection, long now, int limit) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(DUE)) {
      statement.setQueryTimeout(TIMEOUT_SECONDS);
      statement.setLong(1, now);
      statement.setInt(2, limit);
      List<Due> due = new ArrayList<>();
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          due.add(new Due(new AccountId(rows.getString(1)), Instant.ofEpochMilli(rows.getLong(2))));
        }
      }
      return List.copyOf(due);
    }
  }

  private static int update(Connection connection, String sql, Object... values)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setQueryTimeout(TIMEOUT_SECONDS);
      for (int i = 0; i < values.length; i++) {
        statement.setObject(i + 1, values[i]);
      }
      return statement.executeUpdate();
    }
  }
}
