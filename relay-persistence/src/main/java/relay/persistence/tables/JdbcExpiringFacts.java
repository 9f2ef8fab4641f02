package relay.persistence.tables;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import relay.core.directory.ExpiringFacts;
import relay.persistence.QueryPool;

/**
 * Keeps facts in a table of their own. Whoever writes one removes some that have expired; each
 * statement is a transaction, so that none waits for more than one row.
 */
public final class JdbcExpiringFacts implements ExpiringFacts {
  private static final int TIMEOUT_SECONDS = 5;

  /** More than one a write, or the table would grow for ever. */
  private static final int SWEPT = 8;

  /** The row is lost to somebody else again and again only if all of them expire at once. */
  private static final int ATTEMPTS = 3;

  private static final String FIND =
      "SELECT \"fact\" FROM \"expiring_fact\" WHERE \"fact_key\" = ? AND \"expires_at\" > ?";
  private static final String INSERT =
      "INSERT INTO \"expiring_fact\" (\"fact_key\", \"fact\", \"expires_at\") VALUES (?, ?, ?)";
  private static final String DELETE = "DELETE FROM \"expiring_fact\" WHERE \"fact_key\" = ?";
  private static final String DELETE_EXPIRED = DELETE + " AND \"expires_at\" <= ?";
  private static final String EXPIRED =
      "SELECT \"fact_key\" FROM \"expiring_fact\" WHERE \"expires_at\" <= ? LIMIT " + SWEPT;

  private final QueryPool queries;

  /**
   * @param queries one that may write
   */
  public JdbcExpiringFacts(QueryPool queries) {
    this.queries = queries;
  }

  @Override
  public CompletionStage<Optional<byte[]>> putIfAbsent(
      FactKey key, byte[] fact, Instant expires, Instant now) {
    checkSize(fact);
    return queries.ask(connection -> putIfAbsent(connection, row(key), fact, expires, now));
  }

  @Override
  public CompletionStage<?> put(FactKey key, byte[] fact, Instant expires, Instant now) {
    checkSize(fact);
    return queries.ask(
        connection -> {
          for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            update(connection, DELETE, row(key));
            if (inserted(connection, row(key), fact, expires)) {
              return true;
            }
          }
          throw new SQLException("a row is written by too many at once");
        });
  }

  @Override
  public CompletionStage<Optional<byte[]>> take(FactKey key, Instant now) {
    return queries.ask(
        connection -> {
          Optional<byte[]> found = find(connection, row(key), now);
          // Facts are never changed in place, so that whoever deletes the row has what it held.
          return update(connection, DELETE, row(key)) == 1 ? found : Optional.empty();
        });
  }

  private static Optional<byte[]> putIfAbsent(
      Connection connection, String row, byte[] fact, Instant expires, Instant now)
      throws SQLException {
    sweep(connection, now);
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      deleteExpired(connection, row, now);
      if (inserted(connection, row, fact, expires)) {
        return Optional.empty();
      }
      Optional<byte[]> found = find(connection, row, now);
      if (found.isPresent()) {
        return found;
      }
    }
    throw new SQLException("a row is written by too many at once");
  }

  private static boolean inserted(Connection connection, String row, byte[] fact, Instant expires)
      throws SQLException {
    try (PreparedStatement statement = prepare(connection, INSERT)) {
      statement.setString(1, row);
      statement.setBytes(2, fact);
      statement.setLong(3, expires.toEpochMilli());
      statement.executeUpdate();
      return true;
    } catch (SQLException refused) {
      if (Transaction.lostARace(refused)) {
        return false;
      }
      throw refused;
    }
  }

  private static Optional<byte[]> find(Connection connection, String row, Instant now)
      throws SQLException {
    try (PreparedStatement statement = prepare(connection, FIND)) {
      statement.setString(1, row);
      statement.setLong(2, now.toEpochMilli());
      try (ResultSet found = statement.executeQuery()) {
        return found.next() ? Optional.of(found.getBytes(1)) : Optional.empty();
      }
    }
  }

  private static void sweep(Connection connection, Instant now) throws SQLException {
    List<String> expired = new ArrayList<>();
    try (PreparedStatement statement = prepare(connection, EXPIRED)) {
      statement.setLong(1, now.toEpochMilli());
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          expired.add(rows.getString(1));
        }
      }
    }
    for (String row : expired) {
      deleteExpired(connection, row, now);
    }
  }

  private static void deleteExpired(Connection connection, String row, Instant now)
      throws SQLException {
    try (PreparedStatement statement = prepare(connection, DELETE_EXPIRED)) {
      statement.setString(1, row);
      statement.setLong(2, now.toEpochMilli());
      statement.executeUpdate();
    }
  }

  private static int update(Connection connection, String sql, String row) throws SQLException {
    try (PreparedStatement statement = prepare(connection, sql)) {
      statement.setString(1, row);
      return statement.executeUpdate();
    }
  }

  private static PreparedStatement prepare(Connection connection, String sql) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    statement.setQueryTimeout(TIMEOUT_SECONDS);
    return statement;
  }

  private static String row(FactKey key) {
    return key.family() + ":" + key.hash();
  }

  private static void checkSize(byte[] fact) {
    if (fact.length > MAX_BYTES) {
      throw new IllegalArgumentException(
          "a fact of " + fact.length + " bytes: expected at most " + MAX_BYTES);
    }
  }
}
