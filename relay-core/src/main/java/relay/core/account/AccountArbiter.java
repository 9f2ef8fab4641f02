package relay.core.account;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rules of an account's life: answers every question with a verdict, and changes nothing
 * itself. Those of its credentials are {@link CredentialArbiter}'s.
 */
public record AccountArbiter(AccountPolicy policy, Account account) {
  /** Past it a provider still signs in, but is not shown in the profile. */
  private static final int MAX_PROVIDERS = 16;

  /**
   * Somebody has signed in with a provider; the first time makes the account (TermOnMac 7.6).
   *
   * @param details kept when the account is made, and not afterwards
   */
  public AccountVerdict<? extends AccountAnswer.ToSignIn> signIn(
      Identity identity, PersonalDetails details, Instant now) {
    if (account instanceof Account.Vacant) {
      return signedIn(
          List.of(
              new AccountEvent.AccountCreated(details, now),
              new AccountEvent.ProviderLinked(identity, now)));
    }
    return switch (Standing.of(account, now)) {
      case Standing.Absent(var verdict) -> verdict;
      case Standing.Here(var present) -> signedIn(again(present.profile(), identity, now));
    };
  }

  /** An operator makes the account. */
  public AccountVerdict<? extends AccountAnswer.ToCreate> create(
      PersonalDetails details, Instant now) {
    if (account instanceof Account.Vacant) {
      return signedIn(List.of(new AccountEvent.AccountCreated(details, now)));
    }
    return switch (Standing.of(account, now)) {
      case Standing.Absent(var verdict) -> verdict;
      case Standing.Here _ -> AccountVerdict.said(new AccountAnswer.Exists());
    };
  }

  public AccountVerdict<? extends AccountAnswer.ToDescribe> describe(Instant now) {
    return switch (Standing.of(account, now)) {
      case Standing.Absent(var verdict) -> verdict;
      case Standing.Here _ -> described(List.of(), now);
    };
  }

  /** Begins deletion, if it has not begun (TermOnMac 7.7). */
  public AccountVerdict<? extends AccountAnswer.ToDescribe> delete(Instant now) {
    return switch (Standing.of(account, now)) {
      case Standing.Absent(var verdict) -> verdict;
      case Standing.Here(var present) when present.deletion() != null -> described(List.of(), now);
      case Standing.Here _ ->
          described(
              List.of(new AccountEvent.AccountDeleted(now.plus(policy.deletionGrace()), now)), now);
    };
  }

  /** Undoes deletion, if it has begun and can still be undone. */
  public AccountVerdict<? extends AccountAnswer.ToDescribe> restore(Instant now) {
    return switch (Standing.of(account, now)) {
      case Standing.Absent(var verdict) -> verdict;
      case Standing.Here(var present) when present.deletion() == null -> described(List.of(), now);
      case Standing.Here _ -> described(List.of(new AccountEvent.AccountRestored(now)), now);
    };
  }

  private static List<AccountEvent> again(Profile profile, Identity identity, Instant now) {
    List<AccountEvent> events = new ArrayList<>();
    if (!profile.isLinkedTo(identity) && profile.providers().size() < MAX_PROVIDERS) {
      events.add(new AccountEvent.ProviderLinked(identity, now));
    }
    events.add(new AccountEvent.SignedIn(now));
    return events;
  }

  private AccountVerdict<AccountAnswer.SignedIn> signedIn(List<AccountEvent> events) {
    Account.Present after = after(events);
    return new AccountVerdict<>(
        events,
        new AccountAnswer.SignedIn(
            account instanceof Account.Vacant, after.profile(), after.deletedAt()));
  }

  private AccountVerdict<AccountAnswer.Described> described(
      List<AccountEvent> events, Instant now) {
    Account.Present after = after(events);
    @Nullable Deletion deletion = after.deletion();
    return new AccountVerdict<>(
        events,
        new AccountAnswer.Described(
            after.profile(),
            after.families().alive(now, policy).size(),
            after.deletedAt(),
            deletion == null ? null : deletion.erasedAfter()));
  }

  private Account.Present after(List<AccountEvent> events) {
    Account after = account;
    for (AccountEvent event : events) {
      after = Account.evolve(after, event);
    }
    if (after instanceof Account.Present present) {
      return present;
    }
    throw new IllegalStateException("after " + events + " there must be an account");
  }
}
