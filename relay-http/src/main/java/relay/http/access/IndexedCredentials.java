package relay.http.access;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.random.RandomGenerator;
import relay.core.account.AccountAnswer;
import relay.core.account.AccountId;
import relay.core.account.ApiKey;
import relay.core.account.CredentialHash;
import relay.core.account.NewCredentials;
import relay.core.account.RefreshToken;
import relay.core.account.Rotation;
import relay.core.account.SealedResult;
import relay.core.account.entity.AccountCommand;
import relay.core.account.entity.Accounts;
import relay.core.directory.CredentialIndex;

/**
 * Mints credentials where the client is, so that accounts and databases only ever see hashes. New
 * ones are in the index before the account knows them: whatever counts is found.
 */
public final class IndexedCredentials implements Credentials {
  private final CredentialIndex index;
  private final IndexUpkeep upkeep;
  private final Accounts accounts;
  private final RandomGenerator random;

  /**
   * @param random must be one that nobody can predict
   */
  public IndexedCredentials(CredentialIndex index, Accounts accounts, RandomGenerator random) {
    this.index = index;
    this.accounts = accounts;
    this.random = random;
    upkeep = new IndexUpkeep(index);
  }

  @Override
  public CompletionStage<Optional<IssuedCredentials>> issue(AccountId account) {
    var issued = new IssuedCredentials(ApiKey.mint(random), RefreshToken.mint(random));
    NewCredentials hashes = NewCredentials.of(issued.apiKey(), issued.refreshToken());
    List<CredentialHash> indexed = List.of(hashes.lineage(), hashes.key());
    return index
        .add(account, indexed)
        .thenCompose(
            _ ->
                accounts.<AccountAnswer.ToIssue>askOnce(
                    account, replyTo -> new AccountCommand.Issue(hashes, replyTo)))
        .thenApply(
            answer ->
                switch (answer) {
                  case AccountAnswer.Issued(_, var retired) -> {
                    upkeep.remove(retired);
                    yield Optional.of(issued);
                  }
                  case AccountAnswer.Unknown unknown -> {
                    upkeep.remove(indexed);
                    upkeep.absent(account, unknown);
                    yield Optional.empty();
                  }
                });
  }

  @Override
  public CompletionStage<Refreshing> refresh(String refreshToken) {
    Optional<RefreshToken> token = RefreshToken.parse(refreshToken);
    return token.isEmpty()
        ? invalid()
        : index
            .owner(token.get().lineage())
            .thenCompose(owner -> owner.isEmpty() ? invalid() : rotate(owner.get(), token.get()));
  }

  private CompletionStage<Refreshing> rotate(AccountId account, RefreshToken token) {
    var next = new IssuedCredentials(ApiKey.mint(random), token.successor(random));
    var rotation =
        new Rotation(
            token.hash(),
            NewCredentials.of(next.apiKey(), next.refreshToken()),
            SealedResult.seal(next.json(), token, random));
    List<CredentialHash> indexed = List.of(rotation.next().key());
    return index
        .add(account, indexed)
        .thenCompose(
            _ ->
                accounts.<AccountAnswer.ToRefresh>askOnce(
                    account, replyTo -> new AccountCommand.Refresh(rotation, replyTo)))
        .thenApply(
            answer -> {
              if (!(answer instanceof AccountAnswer.Rotated)) {
                upkeep.remove(indexed);
              }
              return refreshing(account, token, next, answer);
            });
  }

  private Refreshing refreshing(
      AccountId account,
      RefreshToken token,
      IssuedCredentials next,
      AccountAnswer.ToRefresh answer) {
    return switch (answer) {
      case AccountAnswer.Rotated(_, var retired) -> {
        upkeep.remove(retired);
        yield new Refreshing.Refreshed(next.json());
      }
      case AccountAnswer.Replayed(var result) -> new Refreshing.Refreshed(result.open(token));
      case AccountAnswer.Reused(_, var retired) -> {
        upkeep.remove(retired);
        yield new Refreshing.Invalid();
      }
      case AccountAnswer.TooManyRotations _ -> new Refreshing.TooOften();
      case AccountAnswer.Unknown unknown -> {
        upkeep.absent(account, unknown);
        yield new Refreshing.Invalid();
      }
    };
  }

  @Override
  public CompletionStage<Boolean> revoke(String apiKey) {
    Optional<CredentialHash> key = ApiKey.parse(apiKey).map(ApiKey::hash);
    return key.isEmpty()
        ? CompletableFuture.completedFuture(false)
        : index
            .owner(key.get())
            .thenCompose(
                owner ->
                    owner.isEmpty()
                        ? CompletableFuture.completedFuture(false)
                        : revoke(owner.get(), key.get()));
  }

  private CompletionStage<Boolean> revoke(AccountId account, CredentialHash key) {
    return accounts
        .<AccountAnswer.ToRevoke>askOnce(
            account, replyTo -> new AccountCommand.Revoke(key, replyTo))
        .thenApply(
            answer ->
                switch (answer) {
                  case AccountAnswer.Revoked(_, var retired) -> {
                    upkeep.remove(retired);
                    yield true;
                  }
                  case AccountAnswer.Unknown unknown -> {
                    upkeep.absent(account, unknown);
                    yield false;
                  }
                });
  }

  private static CompletionStage<Refreshing> invalid() {
    return CompletableFuture.completedFuture(new Refreshing.Invalid());
  }
}
