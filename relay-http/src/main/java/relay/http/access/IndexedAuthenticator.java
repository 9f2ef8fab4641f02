package relay.http.access;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;
import relay.core.account.AccountAnswer;
import relay.core.account.AccountId;
import relay.core.account.ApiKey;
import relay.core.account.CredentialHash;
import relay.core.account.entity.AccountCommand;
import relay.core.account.entity.Accounts;
import relay.core.directory.CredentialIndex;

/** Finds out from the index which account to ask, and asks it, every time. */
public final class IndexedAuthenticator implements Authenticator, SignInCheck {
  private final CredentialIndex index;
  private final IndexUpkeep upkeep;
  private final Accounts accounts;

  public IndexedAuthenticator(CredentialIndex index, Accounts accounts) {
    this.index = index;
    this.accounts = accounts;
    upkeep = new IndexUpkeep(index);
  }

  @Override
  public CompletionStage<Authentication> authenticate(@Nullable String apiKey) {
    Optional<CredentialHash> key =
        Optional.ofNullable(apiKey).flatMap(ApiKey::parse).map(ApiKey::hash);
    return key.isEmpty()
        ? refused()
        : index
            .owner(key.get())
            .thenCompose(
                owner ->
                    owner.isEmpty()
                        ? refused()
                        : ask(
                            owner.get(),
                            replyTo -> new AccountCommand.Authenticate(key.get(), replyTo)));
  }

  @Override
  public CompletionStage<Authentication> check(AccountId account, long family) {
    return ask(account, replyTo -> new AccountCommand.Check(family, replyTo));
  }

  private CompletionStage<Authentication> ask(
      AccountId account,
      Function<ActorRef<AccountAnswer.ToAuthenticate>, AccountCommand> question) {
    return accounts
        .ask(account, question)
        .thenApply(
            answer ->
                switch (answer) {
                  case AccountAnswer.Authenticated(
                          var family,
                          var email,
                          var name,
                          var deletedAt) ->
                      new Authentication.Accepted(account, family, email, name, deletedAt);
                  case AccountAnswer.Unknown unknown -> {
                    upkeep.absent(account, unknown);
                    yield new Authentication.Refused();
                  }
                });
  }

  private static CompletionStage<Authentication> refused() {
    return CompletableFuture.completedFuture(new Authentication.Refused());
  }
}
