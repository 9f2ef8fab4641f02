package relay.core.account;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** An account with a past, which is asked something at a moment of its life. */
final class AccountScene {
  static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  static final Duration KEY_TTL = Duration.ofDays(30);
  static final Duration REFRESH_TTL = Duration.ofDays(180);
  static final Duration LIFETIME = Duration.ofDays(365);
  static final Duration GRACE = Duration.ofMinutes(5);
  static final Duration DELETION_GRACE = Duration.ofDays(30);
  static final int MAX_FAMILIES = 3;
  static final AccountPolicy POLICY =
      new AccountPolicy(KEY_TTL, REFRESH_TTL, LIFETIME, GRACE, DELETION_GRACE, MAX_FAMILIES);

  static final PersonalDetails ADA = new PersonalDetails("ada@example.org", "Ada", null);
  static final Identity GITHUB = new Identity("github", "583231");
  static final Identity GOOGLE = new Identity("google", "10769150350006150715113082367");
  static final AccountEvent CREATED = new AccountEvent.AccountCreated(ADA, START);

  private AccountScene() {}

  static Account given(AccountEvent... past) {
    return Stream.of(past).reduce(new Account.Vacant(), Account::evolve, (a, _) -> a);
  }

  static Account after(Account account, List<AccountEvent> events) {
    return events.stream().reduce(account, Account::evolve, (a, _) -> a);
  }

  static AccountArbiter life(Account account) {
    return new AccountArbiter(POLICY, account);
  }

  static CredentialArbiter credentials(Account account) {
    return new CredentialArbiter(POLICY, account);
  }

  /** The same for the same number, like a client that kept it. */
  static ApiKey key(int number) {
    return ApiKey.mint(new Random(number));
  }

  /** The token of that family after so many rotations. */
  static RefreshToken token(int family, int rotations) {
    RefreshToken token = RefreshToken.mint(new Random(1_000L + family));
    for (int i = 1; i <= rotations; i++) {
      token = token.successor(new Random(i));
    }
    return token;
  }

  static AccountEvent began(int family, Instant at) {
    return new AccountEvent.FamilyBegan(
        family, NewCredentials.of(key(family * 100), token(family, 0)), at);
  }

  /** A client exchanges the token of so many rotations. */
  static Rotation rotation(int family, int rotations) {
    RefreshToken old = token(family, rotations);
    return new Rotation(
        old.hash(),
        NewCredentials.of(key(family * 100 + rotations + 1), token(family, rotations + 1)),
        sealed(family, rotations));
  }

  static SealedResult sealed(int family, int rotations) {
    return SealedResult.seal(
        "result " + rotations, token(family, rotations), new Random(rotations));
  }

  /** What {@link #rotation} leads to. */
  static AccountEvent rotated(int family, int rotations, Instant at) {
    Rotation rotation = rotation(family, rotations);
    return new AccountEvent.CredentialsRotated(
        family,
        rotation.next().key(),
        rotation.next().token(),
        rotation.result(),
        at.plus(GRACE),
        at.plus(GRACE),
        at);
  }
}
