package relay.persistence.tables;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import relay.core.account.AccountId;
import relay.core.account.CredentialHash;
import relay.core.account.Identity;
import relay.core.directory.CredentialIndex;

/**
 * Remembers whose a credential is, and never that it is nobody's. What is out of date does no harm:
 * the account is asked all the same.
 */
public final class CachedCredentialIndex implements CredentialIndex {
  private final CredentialIndex index;
  private final Cache<CredentialHash, AccountId> owners;

  /**
   * @param maxCredentials how many are remembered
   */
  public CachedCredentialIndex(CredentialIndex index, int maxCredentials) {
    this.index = index;
    owners = Caffeine.newBuilder().maximumSize(maxCredentials).build();
  }

  @Override
  public CompletionStage<Optional<AccountId>> owner(CredentialHash credential) {
    AccountId known = owners.getIfPresent(credential);
    if (known != null) {
      return CompletableFuture.completedFuture(Optional.of(known));
    }
    return index
        .owner(credential)
        .whenComplete(
            (found, _) -> {
              if (found != null) {
                found.ifPresent(account -> owners.put(credential, account));
              }
            });
  }

  @Override
  public CompletionStage<Optional<AccountId>> holder(String email) {
    return index.holder(email);
  }

  @Override
  public CompletionStage<?> add(AccountId account, Collection<CredentialHash> credentials) {
    return index.add(account, credentials);
  }

  @Override
  public CompletionStage<?> remove(Collection<CredentialHash> credentials) {
    owners.invalidateAll(credentials);
    return index.remove(credentials);
  }

  @Override
  public CompletionStage<AccountId> claim(
      @Nullable Identity identity, @Nullable String email, AccountId candidate) {
    return index.claim(identity, email, candidate);
  }

  @Override
  public CompletionStage<?> forget(AccountId account) {
    return index.forget(account);
  }
}
