package relay.core.account;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import relay.core.account.AccountAnswer.Unknown;

/**
 * The rules of one account's credentials: answers every question with a verdict, and changes
 * nothing itself.
 */
public record CredentialArbiter(AccountPolicy policy, Account account) {

  /** Begins a family; those that have expired end now, and the least recently used makes room. */
  public AccountVerdict<? extends AccountAnswer.ToIssue> issue(
      NewCredentials credentials, Instant now) {
    return switch (Standing.of(account, now)) {
      case Standing.Absent(var verdict) -> verdict;
      case Standing.Here(var present) -> issue(present.families(), credentials, now);
    };
  }

  /** Whether the key counts (TermOnMac 7.3). */
  public AccountVerdict<? extends AccountAnswer.ToAuthenticate> authenticate(
      CredentialHash key, Instant now) {
    return switch (Standing.of(account, now)) {
      case Standing.Absent(var verdict) -> verdict;
      case Standing.Here(var present) -> {
        Optional<Family> family = present.families().ofKey(key, now, policy);
        yield family.isEmpty() ? unknown() : authenticated(present, family.get(), now);
      }
    };
  }

  /** Whether a family still counts, whatever its key is by now. */
  public AccountVerdict<? extends AccountAnswer.ToAuthenticate> check(long family, Instant now) {
    return switch (Standing.of(account, now)) {
      case Standing.Absent(var verdict) -> verdict;
      case Standing.Here(var present) -> {
        Optional<Family> alive = present.families().numbered(family, now, policy);
        yield alive.isEmpty() ? unknown() : authenticated(present, alive.get(), now);
      }
    };
  }

  /** Exchanges a refresh token, repeats the answer, or finds that it was copied (7.4). */
  public AccountVerdict<? extends AccountAnswer.ToRefresh> rotate(Rotation rotation, Instant now) {
    return switch (Standing.of(account, now)) {
      case Standing.Absent(var verdict) -> verdict;
      case Standing.Here(var present) -> {
        Optional<Family> family =
            present.families().ofLineage(rotation.next().lineage(), now, policy);
        yield family.isEmpty() ? unknown() : rotate(family.get(), rotation, now);
      }
    };
  }

  /** Ends the key's family (TermOnMac 1.6). */
  public AccountVerdict<? extends AccountAnswer.ToRevoke> revoke(CredentialHash key, Instant now) {
    return switch (Standing.of(account, now)) {
      case Standing.Absent(var verdict) -> verdict;
      case Standing.Here(var present) -> {
        Optional<Family> family = present.families().ofKey(key, now, policy);
        yield family.isEmpty() ? unknown() : revoked(family.get(), now);
      }
    };
  }

  private AccountVerdict<AccountAnswer.Issued> issue(
      Families families, NewCredentials credentials, Instant now) {
    List<Family> expired = families.expired(now, policy);
    List<Family> displaced = families.displaced(now, policy);
    List<AccountEvent> events = new ArrayList<>();
    expired.forEach(it -> events.add(ended(it, FamilyEnd.EXPIRED, now)));
    displaced.forEach(it -> events.add(ended(it, FamilyEnd.DISPLACED, now)));
    events.add(new AccountEvent.FamilyBegan(families.next(), credentials, now));
    List<CredentialHash> retired =
        Stream.concat(expired.stream(), displaced.stream()).flatMap(Family::indexed).toList();
    return new AccountVerdict<>(events, new AccountAnswer.Issued(families.next(), retired));
  }

  private AccountVerdict<AccountAnswer.Authenticated> authenticated(
      Account.Present present, Family family, Instant now) {
    PersonalDetails details = present.profile().details();
    List<AccountEvent> events =
        policy.isWorthKeeping(now, family.lastUsed())
            ? List.of(new AccountEvent.FamilyUsed(family.number(), now))
            : List.of();
    return new AccountVerdict<>(
        events,
        new AccountAnswer.Authenticated(
            family.number(), details.email(), details.name(), present.deletedAt()));
  }

  private AccountVerdict<? extends AccountAnswer.ToRefresh> rotate(
      Family family, Rotation rotation, Instant now) {
    if (family.token().matches(rotation.token())) {
      return family.isRotatedTooOften(now)
          ? AccountVerdict.said(new AccountAnswer.TooManyRotations())
          : rotated(family, rotation, now);
    }
    Optional<SealedResult> result = family.resultOf(rotation.token(), now);
    return result.isPresent()
        ? AccountVerdict.said(new AccountAnswer.Replayed(result.get()))
        : new AccountVerdict<>(
            List.of(ended(family, FamilyEnd.REUSED, now)),
            new AccountAnswer.Reused(family.number(), family.indexed().toList()));
  }

  /** A key that had expired before does not come back for the grace. */
  private AccountVerdict<AccountAnswer.Rotated> rotated(
      Family family, Rotation rotation, Instant now) {
    Instant graceUntil = now.plus(policy.rotationGrace());
    Instant keyUntil = policy.keyUntil(family.begunAt(), family.lastUsed());
    AccountEvent event =
        new AccountEvent.CredentialsRotated(
            family.number(),
            rotation.next().key(),
            rotation.next().token(),
            rotation.result(),
            graceUntil,
            AccountPolicy.earlier(graceUntil, keyUntil),
            now);
    return new AccountVerdict<>(
        List.of(event), new AccountAnswer.Rotated(family.number(), family.retiredKeys(now)));
  }

  private static AccountVerdict<AccountAnswer.Revoked> revoked(Family family, Instant now) {
    return new AccountVerdict<>(
        List.of(ended(family, FamilyEnd.REVOKED, now)),
        new AccountAnswer.Revoked(family.number(), family.indexed().toList()));
  }

  private static AccountVerdict<Unknown> unknown() {
    return AccountVerdict.said(new Unknown(false));
  }

  private static AccountEvent ended(Family family, FamilyEnd cause, Instant now) {
    return new AccountEvent.FamilyEnded(family.number(), cause, now);
  }
}
