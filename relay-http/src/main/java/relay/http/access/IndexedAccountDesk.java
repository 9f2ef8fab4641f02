package relay.http.access;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.apache.pekko.actor.typed.ActorRef;
import relay.core.account.AccountAnswer;
import relay.core.account.AccountAnswer.Described;
import relay.core.account.AccountId;
import relay.core.account.Identity;
import relay.core.account.PersonalDetails;
import relay.core.account.entity.AccountCommand;
import relay.core.account.entity.Accounts;
import relay.core.directory.CredentialIndex;

/**
 * Lets the index settle whose an identity and an e-mail are, and the account what follows. An
 * account that turns out to be erased is forgotten, and the claim is made again.
 */
public final class IndexedAccountDesk implements AccountDesk {
  /** A claim fails only against an account that was erased; another one follows at most once. */
  private static final int ATTEMPTS = 3;

  private final CredentialIndex index;
  private final IndexUpkeep upkeep;
  private final Accounts accounts;
  private final DeletionNotes deletions;
  private final RandomGenerator random;

  /**
   * @param random must be one that nobody can predict
   */
  public IndexedAccountDesk(
      CredentialIndex index, Accounts accounts, DeletionNotes deletions, RandomGenerator random) {
    this.index = index;
    this.accounts = accounts;
    this.deletions = deletions;
    this.random = random;
    upkeep = new IndexUpkeep(index);
  }

  @Override
  public CompletionStage<Found> findOrCreate(Identity identity, PersonalDetails details) {
    return findOrCreate(identity, details, ATTEMPTS);
  }

  private CompletionStage<Found> findOrCreate(
      Identity identity, PersonalDetails details, int attempts) {
    return index
        .claim(identity, details.email(), AccountId.mint(random))
        .thenCompose(
            owner ->
                accounts
                    .<AccountAnswer.ToSignIn>ask(
                        owner, replyTo -> new AccountCommand.SignIn(identity, details, replyTo))
                    .thenCompose(
                        answer ->
                            switch (answer) {
                              case AccountAnswer.SignedIn signedIn ->
                                  CompletableFuture.completedFuture(found(owner, signedIn));
                              case AccountAnswer.Unknown _ ->
                                  forget(
                                      owner,
                                      attempts,
                                      () -> findOrCreate(identity, details, attempts - 1));
                            }));
  }

  @Override
  public CompletionStage<Optional<Found>> create(PersonalDetails details) {
    return create(details, AccountId.mint(random));
  }

  @Override
  public CompletionStage<Optional<Found>> create(PersonalDetails details, AccountId wanted) {
    return create(details, wanted, ATTEMPTS);
  }

  private CompletionStage<Optional<Found>> create(
      PersonalDetails details, AccountId wanted, int attempts) {
    CompletionStage<AccountId> claim =
        details.email() == null
            ? CompletableFuture.completedFuture(wanted)
            : index.claim(null, details.email(), wanted);
    return claim.thenCompose(
        owner ->
            accounts
                .<AccountAnswer.ToCreate>ask(
                    owner, replyTo -> new AccountCommand.Create(details, replyTo))
                .thenCompose(
                    answer ->
                        switch (answer) {
                          case AccountAnswer.SignedIn made ->
                              CompletableFuture.completedFuture(Optional.of(found(owner, made)));
                          case AccountAnswer.Exists _ ->
                              owner.equals(wanted)
                                  ? again(owner)
                                  : CompletableFuture.completedFuture(Optional.empty());
                          case AccountAnswer.Unknown _ -> {
                            AccountId other = AccountId.mint(random);
                            yield forget(
                                owner, attempts, () -> create(details, other, attempts - 1));
                          }
                        }));
  }

  /** An earlier attempt of the same call has made it. */
  private CompletionStage<Optional<Found>> again(AccountId account) {
    return describe(account)
        .thenApply(
            described ->
                described.map(it -> new Found(account, false, it.profile(), it.deletedAt())));
  }

  @Override
  public CompletionStage<Optional<AccountId>> find(String email) {
    String kept = new PersonalDetails(email, null, null).email();
    return kept == null ? CompletableFuture.completedFuture(Optional.empty()) : index.holder(kept);
  }

  @Override
  public CompletionStage<Optional<Described>> describe(AccountId account) {
    return ask(account, AccountCommand.Describe::new);
  }

  @Override
  public CompletionStage<Optional<Described>> delete(AccountId account) {
    return deletions
        .before(account)
        .thenCompose(_ -> ask(account, AccountCommand.Delete::new))
        .thenApply(
            found -> {
              found.ifPresent(it -> deletions.after(account, it));
              return found;
            });
  }

  @Override
  public CompletionStage<Optional<Described>> restore(AccountId account) {
    return ask(account, AccountCommand.Restore::new);
  }

  private CompletionStage<Optional<Described>> ask(
      AccountId account, Function<ActorRef<AccountAnswer.ToDescribe>, AccountCommand> question) {
    return accounts
        .ask(account, question)
        .thenApply(
            answer ->
                switch (answer) {
                  case Described described -> Optional.of(described);
                  case AccountAnswer.Unknown unknown -> {
                    upkeep.absent(account, unknown);
                    yield Optional.empty();
                  }
                });
  }

  private <T> CompletionStage<T> forget(
      AccountId erased, int attempts, Supplier<CompletionStage<T>> again) {
    return attempts > 1
        ? index.forget(erased).thenCompose(_ -> again.get())
        : CompletableFuture.failedFuture(
            new IllegalStateException("an erased account was claimed again and again"));
  }

  private static Found found(AccountId account, AccountAnswer.SignedIn answer) {
    return new Found(account, answer.isNew(), answer.profile(), answer.deletedAt());
  }
}
