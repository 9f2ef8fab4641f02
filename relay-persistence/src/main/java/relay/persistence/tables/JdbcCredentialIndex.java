package relay.persistence.tables;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import relay.core.account.AccountId;
import relay.core.account.CredentialHash;
import relay.core.account.Identity;
import relay.core.directory.CredentialIndex;
import relay.persistence.QueryPool;

/** Keeps the index in tables beside the journal. */
public final class JdbcCredentialIndex implements CredentialIndex {
  private static final int TIMEOUT_SECONDS = 5;

  private static final String FIND =
      "SELECT \"account_id\" FROM \"credential_owner\" WHERE \"hash\" = ?";
  private static final String INSERT =
      "INSERT INTO \"credential_owner\" (\"hash\", \"account_id\") VALUES (?, ?)";
  private static final String DELETE = "DELETE FROM \"credential_owner\" WHERE \"hash\" = ?";
  private static final List<String> TABLES =
      List.of("credential_owner", "identity_owner", "email_owner", "purchase_owner");

  private final QueryPool queries;

  /**
   * @param queries one that may write
   */
  public JdbcCredentialIndex(QueryPool queries) {
    this.queries = queries;
  }

  @Override
  public CompletionStage<Optional<AccountId>> owner(CredentialHash credential) {
    return queries.ask(connection -> find(connection, FIND, credential.value()));
  }

  @Override
  public CompletionStage<Optional<AccountId>> holder(String email) {
    return queries.ask(connection -> find(connection, OwnerClaim.FIND_EMAIL, email));
  }

  @Override
  public CompletionStage<?> add(AccountId account, Collection<CredentialHash> credentials) {
    List<CredentialHash> added = List.copyOf(credentials);
    return queries.ask(
        connection ->
            Transaction.run(
                connection,
                () -> {
                  for (CredentialHash credential : added) {
                    update(connection, INSERT, credential.value(), account.value());
                  }
                  return added.size();
                }));
  }

  @Override
  public CompletionStage<?> remove(Collection<CredentialHash> credentials) {
    List<CredentialHash> removed = List.copyOf(credentials);
    return queries.ask(
        connection -> {
          for (CredentialHash credential : removed) {
            update(connection, DELETE, credential.value());
          }
          return removed.size();
        });
  }

  @Override
  public CompletionStage<AccountId> claim(
      @Nullable Identity identity, @Nullable String email, AccountId candidate) {
    if (identity == null && email == null) {
      throw new IllegalArgumentException("nothing is claimed: expected an identity or an e-mail");
    }
    return queries.ask(
        connection -> new OwnerClaim(connection, identity, email, candidate).settle());
  }

  @Override
  public CompletionStage<?> forget(AccountId account) {
    return queries.ask(
        connection ->
            Transaction.run(
                connection,
                () -> {
                  for (String table : TABLES) {
                    update(
                        connection,
                        "DELETE FROM \"%s\" WHERE \"account_id\" = ?".formatted(table),
                        account.value());
                  }
                  return account;
                }));
  }

  static Optional<AccountId> find(Connection connection, String sql, String... of)
      throws SQLException {
    try (PreparedStatement statement = prepare(connection, sql, of);
        ResultSet rows = statement.executeQuery()) {
      return rows.next() ? Optional.of(new AccountId(rows.getString(1))) : Optional.empty();
    }
  }

  static void update(Connection connection, String sql, String... values) throws SQLException {
    try (PreparedStatement statement = prepare(connection, sql, values)) {
      statement.executeUpdate();
    }
  }

  private static PreparedStatement prepare(Connection connection, String sql, String... values)
      throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    try {
      statement.setQueryTimeout(TIMEOUT_SECONDS);
      for (int i = 0; i < values.length; i++) {
        statement.setString(i + 1, values[i]);
      }
      return statement;
    } catch (SQLException failure) {
      statement.close();
      throw failure;
    }
  }
}
