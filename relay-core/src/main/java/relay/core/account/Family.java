package relay.core.account;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The credentials of one sign-in: one API key and one refresh token, and what they replaced just
 * before.
 *
 * @param number never used again in its account
 * @param lineage what all its refresh tokens have in common
 * @param recent at most {@link #MAX_RECENT}, oldest first
 */
public record Family(
    long number,
    CredentialHash lineage,
    CredentialHash key,
    CredentialHash token,
    Instant begunAt,
    Instant lastUsed,
    List<RotatedAway> recent) {
  /** Rotations whose results are kept at once; a client that behaves needs one. */
  static final int MAX_RECENT = 8;

  public Family {
    recent = List.copyOf(recent);
  }

  static Family of(AccountEvent.FamilyBegan began) {
    NewCredentials its = began.credentials();
    return new Family(
        began.family(), its.lineage(), its.key(), its.token(), began.at(), began.at(), List.of());
  }

  boolean isAliveAt(Instant now, AccountPolicy policy) {
    return now.isBefore(policy.familyUntil(begunAt, lastUsed));
  }

  /** Whether requests with this key are let in. */
  boolean accepts(CredentialHash shown, Instant now, AccountPolicy policy) {
    return key.matches(shown)
        ? now.isBefore(policy.keyUntil(begunAt, lastUsed))
        : recent.stream().anyMatch(it -> it.key().matches(shown) && now.isBefore(it.keyUntil()));
  }

  /** What came of exchanging this token, if that is still to be answered. */
  Optional<SealedResult> resultOf(CredentialHash shown, Instant now) {
    return recent.stream()
        .filter(it -> it.isAnsweredAt(now) && it.token().matches(shown))
        .map(RotatedAway::result)
        .findFirst();
  }

  boolean isRotatedTooOften(Instant now) {
    return recent.stream().filter(it -> it.isAnsweredAt(now)).count() >= MAX_RECENT;
  }

  /** Keys that nothing is answered to any more. */
  List<CredentialHash> retiredKeys(Instant now) {
    return recent.stream().filter(it -> !it.isAnsweredAt(now)).map(RotatedAway::key).toList();
  }

  /** Everything an index knows of it. */
  Stream<CredentialHash> indexed() {
    return Stream.concat(Stream.of(lineage, key), recent.stream().map(RotatedAway::key));
  }

  Family usedAt(Instant at) {
    return at.isBefore(lastUsed)
        ? this
        : new Family(number, lineage, key, token, begunAt, at, recent);
  }

  Family after(AccountEvent.CredentialsRotated rotated) {
    RotatedAway away =
        new RotatedAway(key, token, rotated.result(), rotated.oldKeyUntil(), rotated.graceUntil());
    List<RotatedAway> kept =
        Stream.concat(recent.stream().filter(it -> it.isAnsweredAt(rotated.at())), Stream.of(away))
            .toList();
    return new Family(number, lineage, rotated.key(), rotated.token(), begunAt, lastUsed, kept)
        .usedAt(rotated.at());
  }
}
