package relay.core.directory;

import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import relay.core.account.AccountId;
import relay.core.account.CredentialHash;
import relay.core.account.Identity;

/**
 * Whom to ask about a credential, an identity or an e-mail. What it says may be out of date: the
 * account decides. Every stage fails where the database does not answer.
 */
public interface CredentialIndex {

  /** The account that a credential, or a refresh token's lineage, was issued for. */
  CompletionStage<Optional<AccountId>> owner(CredentialHash credential);

  /** The account that an e-mail, in lower case, was claimed for. */
  CompletionStage<Optional<AccountId>> holder(String email);

  /** Written before the account is told of them, so that whatever counts is found. */
  CompletionStage<?> add(AccountId account, Collection<CredentialHash> credentials);

  CompletionStage<?> remove(Collection<CredentialHash> credentials);

  /**
   * Finds whose identity it is; else whose e-mail, to whom the identity then belongs, too; else
   * both belong to the candidate. All of it happens at once, however many claim at the same time.
   *
   * @param identity null where an operator claims the e-mail only
   * @param email in lower case and verified, or null
   */
  CompletionStage<AccountId> claim(
      @Nullable Identity identity, @Nullable String email, AccountId candidate);

  /** Forgets everything that points to an account; it is claimed anew by whoever comes next. */
  CompletionStage<?> forget(AccountId account);
}
