package relay.persistence.tables;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import relay.core.account.AccountId;
import relay.core.directory.PurchaseIndex;
import relay.persistence.QueryPool;

/** Keeps the index in a table beside the journal. */
public final class JdbcPurchaseIndex implements PurchaseIndex {
  private static final String FIND =
      "SELECT \"account_id\" FROM \"purchase_owner\" WHERE \"subscription\" = ?";
  private static final String INSERT =
      "INSERT INTO \"purchase_owner\" (\"subscription\", \"account_id\") VALUES (?, ?)";

  private final QueryPool queries;

  /**
   * @param queries one that may write
   */
  public JdbcPurchaseIndex(QueryPool queries) {
    this.queries = queries;
  }

  @Override
  public CompletionStage<AccountId> claim(String subscription, AccountId account) {
    return queries.ask(connection -> claim(connection, subscription, account));
  }

  @Override
  public CompletionStage<Optional<AccountId>> owner(String subscription) {
    return queries.ask(connection -> JdbcCredentialIndex.find(connection, FIND, subscription));
  }

  private static AccountId claim(Connection connection, String subscription, AccountId account)
      throws SQLException {
    Optional<AccountId> known = JdbcCredentialIndex.find(connection, FIND, subscription);
    if (known.isPresent()) {
      return known.get();
    }
    try {
      JdbcCredentialIndex.update(connection, INSERT, subscription, account.value());
      return account;
    } catch (SQLException failure) {
      if (!Transaction.lostARace(failure)) {
        throw failure;
      }
      return JdbcCredentialIndex.find(connection, FIND, subscription).orElseThrow(() -> failure);
    }
  }
}
