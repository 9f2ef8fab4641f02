package relay.http.access;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;
import relay.core.account.Account;
import relay.core.account.AccountAnswer;
import relay.core.account.AccountArbiter;
import relay.core.account.AccountEvent;
import relay.core.account.AccountId;
import relay.core.account.AccountPolicy;
import relay.core.account.AccountVerdict;
import relay.core.account.CredentialArbiter;
import relay.core.account.CredentialHash;
import relay.core.account.Identity;
import relay.core.account.entity.AccountCommand;
import relay.core.account.entity.Accounts;
import relay.core.directory.CredentialIndex;

/** Accounts that keep their rules, and an index, without actors and without a database. */
final class RuledAccounts implements Accounts, CredentialIndex {
  static final AccountPolicy POLICY =
      new AccountPolicy(
          Duration.ofDays(30),
          Duration.ofDays(180),
          Duration.ofDays(365),
          Duration.ofMinutes(5),
          Duration.ofDays(30),
          2);

  final Map<AccountId, Account> accounts = new HashMap<>();
  final List<AccountEvent> events = new ArrayList<>();
  final Map<CredentialHash, AccountId> owners = new HashMap<>();
  final Map<Object, AccountId> claims = new HashMap<>();
  private final ActorRef<Object> nobody;
  Instant now = Instant.parse("2026-01-01T00:00:00Z");

  RuledAccounts(ActorRef<Object> nobody) {
    this.nobody = nobody;
  }

  @Override
  @SuppressWarnings("unchecked") // Every command is answered with what its replyTo takes.
  public <A extends AccountAnswer> CompletionStage<A> ask(
      AccountId id, Function<ActorRef<A>, AccountCommand> question) {
    Account account = accounts.getOrDefault(id, new Account.Vacant());
    AccountVerdict<?> verdict =
        verdict(
            question.apply(nobody.narrow()),
            new AccountArbiter(POLICY, account),
            new CredentialArbiter(POLICY, account));
    for (AccountEvent event : verdict.events()) {
      account = Account.evolve(account, event);
      events.add(event);
    }
    accounts.put(id, account);
    return CompletableFuture.completedFuture((A) verdict.answer());
  }

  @Override
  public <A extends AccountAnswer> CompletionStage<A> askOnce(
      AccountId id, Function<ActorRef<A>, AccountCommand> question) {
    return ask(id, question);
  }

  private AccountVerdict<?> verdict(
      AccountCommand command, AccountArbiter life, CredentialArbiter credentials) {
    return switch (command) {
      case AccountCommand.Authenticate(var key, _) -> credentials.authenticate(key, now);
      case AccountCommand.Check(var family, _) -> credentials.check(family, now);
      case AccountCommand.SignIn(var identity, var details, _) ->
          life.signIn(identity, details, now);
      case AccountCommand.Create(var details, _) -> life.create(details, now);
      case AccountCommand.Issue(var minted, _) -> credentials.issue(minted, now);
      case AccountCommand.Refresh(var rotation, _) -> credentials.rotate(rotation, now);
      case AccountCommand.Revoke(var key, _) -> credentials.revoke(key, now);
      case AccountCommand.Describe _ -> life.describe(now);
      case AccountCommand.Delete _ -> life.delete(now);
      case AccountCommand.Restore _ -> life.restore(now);
      case AccountCommand.Erase _ -> life.describe(now);
      default -> throw new IllegalArgumentException(command + " is not asked from outside");
    };
  }

  @Override
  public CompletionStage<Optional<AccountId>> owner(CredentialHash credential) {
    return CompletableFuture.completedFuture(Optional.ofNullable(owners.get(credential)));
  }

  @Override
  public CompletionStage<?> add(AccountId account, Collection<CredentialHash> credentials) {
    credentials.forEach(it -> owners.put(it, account));
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public CompletionStage<?> remove(Collection<CredentialHash> credentials) {
    owners.keySet().removeAll(credentials);
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public CompletionStage<Optional<AccountId>> holder(String email) {
    return CompletableFuture.completedFuture(Optional.ofNullable(claims.get(email)));
  }

  @Override
  public CompletionStage<AccountId> claim(
      @Nullable Identity identity, @Nullable String email, AccountId candidate) {
    AccountId known = identity == null ? null : claims.get(identity);
    AccountId owner =
        known != null ? known : email == null ? candidate : claims.getOrDefault(email, candidate);
    if (identity != null) {
      claims.put(identity, owner);
    }
    if (known == null && email != null) {
      claims.put(email, owner);
    }
    return CompletableFuture.completedFuture(owner);
  }

  @Override
  public CompletionStage<?> forget(AccountId account) {
    owners.values().removeIf(account::equals);
    claims.values().removeIf(account::equals);
    return CompletableFuture.completedFuture(null);
  }
}
