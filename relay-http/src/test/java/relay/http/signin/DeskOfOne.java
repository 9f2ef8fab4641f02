package relay.http.signin;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import relay.core.account.AccountAnswer.Described;
import relay.core.account.AccountId;
import relay.core.account.Identity;
import relay.core.account.PersonalDetails;
import relay.core.account.Profile;
import relay.http.access.AccountDesk;

/** Accounts of which there is one, whoever signs in. */
final class DeskOfOne implements AccountDesk {
  static final AccountId ACCOUNT = new AccountId("0123456789abcdef0123456789abcdef");
  private static final Instant CREATED = Instant.parse("2026-01-01T00:00:00Z");

  final List<Identity> identities = new ArrayList<>();
  final List<PersonalDetails> details = new ArrayList<>();
  @Nullable Instant deletedAt;
  @Nullable Instant erasedAfter;
  boolean isAway;

  @Override
  public CompletionStage<Found> findOrCreate(Identity identity, PersonalDetails given) {
    identities.add(identity);
    details.add(given);
    return isAway
        ? CompletableFuture.failedFuture(new IllegalStateException("no database"))
        : CompletableFuture.completedFuture(new Found(ACCOUNT, true, profile(), deletedAt));
  }

  @Override
  public CompletionStage<Optional<Found>> create(PersonalDetails given) {
    throw new UnsupportedOperationException();
  }

  @Override
  public CompletionStage<Optional<Found>> create(PersonalDetails given, AccountId wanted) {
    throw new UnsupportedOperationException();
  }

  @Override
  public CompletionStage<Optional<AccountId>> find(String email) {
    throw new UnsupportedOperationException();
  }

  @Override
  public CompletionStage<Optional<Described>> describe(AccountId account) {
    return described();
  }

  @Override
  public CompletionStage<Optional<Described>> delete(AccountId account) {
    throw new UnsupportedOperationException();
  }

  @Override
  public CompletionStage<Optional<Described>> restore(AccountId account) {
    deletedAt = null;
    erasedAfter = null;
    return described();
  }

  private CompletionStage<Optional<Described>> described() {
    return CompletableFuture.completedFuture(
        Optional.of(new Described(profile(), 1, deletedAt, erasedAfter)));
  }

  private static Profile profile() {
    return new Profile(PersonalDetails.NONE, List.of(), CREATED, CREATED);
  }
}
