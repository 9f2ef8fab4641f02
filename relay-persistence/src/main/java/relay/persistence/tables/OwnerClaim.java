package relay.persistence.tables;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import relay.core.account.AccountId;
import relay.core.account.Identity;

/**
 * One claim of an identity and an e-mail. The e-mail is always written first, so that two claims
 * never wait for each other in a circle; whoever finds a row taken begins again and reads it.
 */
record OwnerClaim(
    Connection connection,
    @Nullable Identity identity,
    @Nullable String email,
    AccountId candidate) {
  /** Every attempt that fails was outrun by one that did not. */
  private static final int ATTEMPTS = 20;

  private static final String FIND_IDENTITY =
      "SELECT \"account_id\" FROM \"identity_owner\" WHERE \"provider\" = ? AND \"subject\" = ?";
  static final String FIND_EMAIL = "SELECT \"account_id\" FROM \"email_owner\" WHERE \"email\" = ?";
  private static final String INSERT_IDENTITY =
      "INSERT INTO \"identity_owner\" (\"provider\", \"subject\", \"account_id\") VALUES (?, ?, ?)";
  private static final String INSERT_EMAIL =
      "INSERT INTO \"email_owner\" (\"email\", \"account_id\") VALUES (?, ?)";

  AccountId settle() throws SQLException {
    for (int attempt = 1; ; attempt++) {
      try {
        return Transaction.run(connection, this::attempt);
      } catch (SQLException failure) {
        if (attempt == ATTEMPTS || !Transaction.lostARace(failure)) {
          throw failure;
        }
      }
    }
  }

  private AccountId attempt() throws SQLException {
    if (identity == null) {
      return ownerOfEmail();
    }
    Optional<AccountId> known =
        JdbcCredentialIndex.find(
            connection, FIND_IDENTITY, identity.provider(), identity.subject());
    if (known.isPresent()) {
      return known.get();
    }
    AccountId owner = ownerOfEmail();
    JdbcCredentialIndex.update(
        connection, INSERT_IDENTITY, identity.provider(), identity.subject(), owner.value());
    return owner;
  }

  private AccountId ownerOfEmail() throws SQLException {
    if (email == null) {
      return candidate;
    }
    Optional<AccountId> known = JdbcCredentialIndex.find(connection, FIND_EMAIL, email);
    if (known.isPresent()) {
      return known.get();
    }
    JdbcCredentialIndex.update(connection, INSERT_EMAIL, email, candidate.value());
    return candidate;
  }

  @Override
  public String toString() {
    return "OwnerClaim[candidate=" + candidate + "]";
  }
}
