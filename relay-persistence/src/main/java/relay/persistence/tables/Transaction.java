package relay.persistence.tables;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;

/** Several statements that happen together or not at all. */
final class Transaction {
  private static final String DUPLICATE_KEY = "23505";

  /** Somebody else has inserted the row, or the database has taken sides among those at it. */
  private static final Set<String> LOST_A_RACE = Set.of(DUPLICATE_KEY, "40001", "40P01", "HYT00");

  private Transaction() {}

  /** What happens within it. */
  @FunctionalInterface
  interface Work<T> {
    T run() throws SQLException;
  }

  static <T> T run(Connection connection, Work<T> work) throws SQLException {
    connection.setAutoCommit(false);
    try {
      T result = work.run();
      connection.commit();
      return result;
    } catch (SQLException | RuntimeException failure) {
      connection.rollback();
      throw failure;
    } finally {
      connection.setAutoCommit(true);
    }
  }

  /** Whether the row is there already. */
  static boolean isDuplicate(SQLException failure) {
    return DUPLICATE_KEY.equals(failure.getSQLState());
  }

  /** Whether it is worth trying again, since others were at the same rows. */
  static boolean lostARace(SQLException failure) {
    return LOST_A_RACE.contains(String.valueOf(failure.getSQLState()));
  }
}
