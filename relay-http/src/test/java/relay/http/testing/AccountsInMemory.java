package relay.http.testing;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import relay.core.account.AccountAnswer.Described;
import relay.core.account.AccountId;
import relay.core.account.ApiKey;
import relay.core.account.Identity;
import relay.core.account.PersonalDetails;
import relay.core.account.Profile;
import relay.core.account.RefreshToken;
import relay.http.access.AccountDesk;
import relay.http.access.Authentication;
import relay.http.access.Authenticator;
import relay.http.access.Credentials;
import relay.http.access.IssuedCredentials;
import relay.http.access.Refreshing;

/** Accounts without actors and database, for tests of what stands in front of them. */
public final class AccountsInMemory implements AccountDesk, Credentials, Authenticator {
  public static final Instant CREATED = Instant.parse("2026-01-01T00:00:00Z");
  private static final Duration GRACE = Duration.ofDays(30);

  /** Nobody answers while it is set. */
  public volatile boolean isAway;

  /** No credentials are made while it is set. */
  public volatile boolean issuesNothing;

  private final SecureRandom random = new SecureRandom();
  private final Map<AccountId, Described> accounts = new HashMap<>();
  private final Map<String, AccountId> keys = new HashMap<>();
  private final Map<String, AccountId> tokens = new HashMap<>();
  private final Map<String, String> rotated = new HashMap<>();

  /** An account with a key, at once. */
  public synchronized AccountId add(PersonalDetails details) {
    AccountId account = new AccountId("%032x".formatted(accounts.size() + 1));
    accounts.put(
        account, new Described(new Profile(details, List.of(), CREATED, CREATED), 1, null, null));
    return account;
  }

  public synchronized IssuedCredentials credentials(AccountId account) {
    IssuedCredentials issued =
        new IssuedCredentials(ApiKey.mint(random), RefreshToken.mint(random));
    keys.put(issued.apiKey().text(), account);
    tokens.put(issued.refreshToken().text(), account);
    return issued;
  }

  @Override
  public CompletionStage<Found> findOrCreate(Identity identity, PersonalDetails details) {
    throw new UnsupportedOperationException("sign-in has a desk of its own");
  }

  @Override
  public synchronized CompletionStage<Optional<Found>> create(PersonalDetails details) {
    return create(details, new AccountId("%032x".formatted(accounts.size() + 1)));
  }

  @Override
  public synchronized CompletionStage<Optional<Found>> create(
      PersonalDetails details, AccountId wanted) {
    boolean isNew = !accounts.containsKey(wanted);
    boolean exists =
        isNew
            && accounts.values().stream()
                .anyMatch(
                    it ->
                        it.profile().details().email() != null
                            && it.profile().details().email().equals(details.email()));
    if (exists) {
      return answer(Optional.empty());
    }
    Profile profile = new Profile(details, List.of(), CREATED, CREATED);
    accounts.putIfAbsent(wanted, new Described(profile, 1, null, null));
    return answer(Optional.of(new Found(wanted, isNew, profile, null)));
  }

  @Override
  public synchronized CompletionStage<Optional<AccountId>> find(String email) {
    return answer(
        accounts.entrySet().stream()
            .filter(it -> email.equals(it.getValue().profile().details().email()))
            .map(Map.Entry::getKey)
            .findFirst());
  }

  @Override
  public synchronized CompletionStage<Optional<Described>> describe(AccountId account) {
    return answer(Optional.ofNullable(accounts.get(account)));
  }

  @Override
  public synchronized CompletionStage<Optional<Described>> delete(AccountId account) {
    return answer(changed(account, CREATED, CREATED.plus(GRACE)));
  }

  @Override
  public synchronized CompletionStage<Optional<Described>> restore(AccountId account) {
    return answer(changed(account, null, null));
  }

  @Override
  public synchronized CompletionStage<Optional<IssuedCredentials>> issue(AccountId account) {
    if (issuesNothing) {
      return CompletableFuture.failedFuture(new IllegalStateException("no credentials"));
    }
    return answer(Optional.ofNullable(accounts.get(account)).map(_ -> credentials(account)));
  }

  @Override
  public synchronized CompletionStage<Refreshing> refresh(String refreshToken) {
    String before = rotated.get(refreshToken);
    if (before != null) {
      return answer(new Refreshing.Refreshed(before));
    }
    AccountId account = tokens.remove(refreshToken);
    if (account == null) {
      return answer(new Refreshing.Invalid());
    }
    String json = credentials(account).json();
    rotated.put(refreshToken, json);
    return answer(new Refreshing.Refreshed(json));
  }

  @Override
  public synchronized CompletionStage<Boolean> revoke(String apiKey) {
    return answer(keys.remove(apiKey) != null);
  }

  @Override
  public synchronized CompletionStage<Authentication> authenticate(@Nullable String apiKey) {
    AccountId account = keys.get(apiKey == null ? "" : apiKey);
    Described known = account == null ? null : accounts.get(account);
    return answer(
        account == null || known == null
            ? new Authentication.Refused()
            : new Authentication.Accepted(
                account,
                1,
                known.profile().details().email(),
                known.profile().details().name(),
                known.deletedAt()));
  }

  private Optional<Described> changed(
      AccountId account, @Nullable Instant deletedAt, @Nullable Instant erasedAfter) {
    return Optional.ofNullable(
        accounts.computeIfPresent(
            account, (_, it) -> new Described(it.profile(), 1, deletedAt, erasedAfter)));
  }

  private <T> CompletionStage<T> answer(T value) {
    return isAway
        ? CompletableFuture.failedFuture(new IllegalStateException("no database"))
        : CompletableFuture.completedFuture(value);
  }
}
