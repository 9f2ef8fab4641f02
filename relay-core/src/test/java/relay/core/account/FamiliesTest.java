package relay.core.account;

import static org.assertj.core.api.Assertions.assertThat;
import static relay.core.account.AccountScene.CREATED;
import static relay.core.account.AccountScene.KEY_TTL;
import static relay.core.account.AccountScene.LIFETIME;
import static relay.core.account.AccountScene.MAX_FAMILIES;
import static relay.core.account.AccountScene.POLICY;
import static relay.core.account.AccountScene.REFRESH_TTL;
import static relay.core.account.AccountScene.START;
import static relay.core.account.AccountScene.after;
import static relay.core.account.AccountScene.began;
import static relay.core.account.AccountScene.credentials;
import static relay.core.account.AccountScene.given;
import static relay.core.account.AccountScene.key;
import static relay.core.account.AccountScene.rotation;
import static relay.core.account.AccountScene.token;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How credentials are issued, how long they last, and how they end. */
class FamiliesTest {
  private static final AccountAnswer.Unknown UNKNOWN = new AccountAnswer.Unknown(false);
  private static final Duration A_DAY = Duration.ofDays(1);

  @Test
  void everySignInHasCredentialsOfItsOwn() {
    var verdict =
        credentials(given(CREATED, began(1, START)))
            .issue(NewCredentials.of(key(200), token(2, 0)), START);

    assertThat(verdict.events()).containsExactly(began(2, START));
    assertThat(verdict.answer()).isEqualTo(new AccountAnswer.Issued(2, List.of()));
    Account both = given(CREATED, began(1, START), began(2, START));
    assertThat(authenticate(both, key(100), START)).isEqualTo(authenticated(1));
    assertThat(authenticate(both, key(200), START)).isEqualTo(authenticated(2));
    assertThat(authenticate(both, key(300), START)).isEqualTo(UNKNOWN);
  }

  @Test
  void oneTooManyEndsTheLeastRecentlyUsed() {
    Account full =
        given(
            CREATED,
            began(1, START),
            began(2, START.plusSeconds(1)),
            began(3, START.plusSeconds(2)),
            new AccountEvent.FamilyUsed(1, START.plus(A_DAY)));
    Instant now = START.plus(A_DAY);

    var verdict = credentials(full).issue(NewCredentials.of(key(400), token(4, 0)), now);

    assertThat(verdict.events())
        .containsExactly(new AccountEvent.FamilyEnded(2, FamilyEnd.DISPLACED, now), began(4, now));
    assertThat(verdict.answer())
        .isEqualTo(new AccountAnswer.Issued(4, List.of(token(2, 0).lineage(), key(200).hash())));
    assertThat(after(full, verdict.events()))
        .isInstanceOfSatisfying(
            Account.Present.class, it -> assertThat(it.families().all()).hasSize(MAX_FAMILIES));
  }

  @Test
  void whatHasExpiredMakesRoomFirst() {
    Instant now = START.plus(REFRESH_TTL);
    Account account =
        given(CREATED, began(1, START), began(2, START.plus(A_DAY)), began(3, START.plus(A_DAY)));

    var verdict = credentials(account).issue(NewCredentials.of(key(400), token(4, 0)), now);

    assertThat(verdict.events())
        .containsExactly(new AccountEvent.FamilyEnded(1, FamilyEnd.EXPIRED, now), began(4, now));
  }

  @Test
  void aKeyThatIsNotUsedExpires() {
    Account account = given(CREATED, began(1, START));

    assertThat(authenticate(account, key(100), START.plus(KEY_TTL).minusNanos(1)))
        .isEqualTo(authenticated(1));
    assertThat(authenticate(account, key(100), START.plus(KEY_TTL))).isEqualTo(UNKNOWN);
  }

  @Test
  void itsRefreshTokenOutlivesIt() {
    Account account = given(CREATED, began(1, START));

    assertThat(rotate(account, START.plus(REFRESH_TTL).minusNanos(1)))
        .isEqualTo(new AccountAnswer.Rotated(1, List.of()));
    assertThat(rotate(account, START.plus(REFRESH_TTL))).isEqualTo(UNKNOWN);
  }

  @Test
  void everyUseOfTheKeyRenewsBoth() {
    Instant used = START.plus(Duration.ofDays(29));
    Account account = given(CREATED, began(1, START), new AccountEvent.FamilyUsed(1, used));

    assertThat(authenticate(account, key(100), used.plus(KEY_TTL).minusNanos(1)))
        .isEqualTo(authenticated(1));
    assertThat(rotate(account, used.plus(REFRESH_TTL).minusNanos(1)))
        .isEqualTo(new AccountAnswer.Rotated(1, List.of()));
  }

  @Test
  void aSocketsLifeIsAUseOfItsFamilyToo() {
    Instant now = START.plus(KEY_TTL).plusSeconds(1);
    Account account = given(CREATED, began(1, START), began(2, START));

    var verdict = credentials(account).check(1, now);

    assertThat(verdict.answer()).isEqualTo(authenticated(1));
    assertThat(verdict.events()).containsExactly(new AccountEvent.FamilyUsed(1, now));
    assertThat(credentials(account).check(3, now).answer()).isEqualTo(UNKNOWN);
    assertThat(credentials(account).check(2, START.plus(REFRESH_TTL)).answer()).isEqualTo(UNKNOWN);
  }

  @Test
  void onlyNowAndThenAUseIsWritten() {
    Duration precision = KEY_TTL.dividedBy(100);
    Account account = given(CREATED, began(1, START));

    Instant soon = START.plus(precision).minusNanos(1);
    assertThat(credentials(account).authenticate(key(100).hash(), soon).events()).isEmpty();
    Instant later = START.plus(precision);
    assertThat(credentials(account).authenticate(key(100).hash(), later).events())
        .containsExactly(new AccountEvent.FamilyUsed(1, later));
  }

  @Test
  void aUseThatIsWrittenLateTurnsNothingBack() {
    Account account =
        given(
            CREATED,
            began(1, START),
            new AccountEvent.FamilyUsed(1, START.plus(A_DAY)),
            new AccountEvent.FamilyUsed(1, START));

    assertThat(((Account.Present) account).families().all().getFirst().lastUsed())
        .isEqualTo(START.plus(A_DAY));
  }

  @Test
  void howeverMuchItIsUsedItsLifetimeEnds() {
    Instant end = START.plus(LIFETIME);
    Account account =
        given(CREATED, began(1, START), new AccountEvent.FamilyUsed(1, end.minusSeconds(1)));

    assertThat(authenticate(account, key(100), end.minusNanos(1))).isEqualTo(authenticated(1));
    assertThat(authenticate(account, key(100), end)).isEqualTo(UNKNOWN);
    assertThat(rotate(account, end)).isEqualTo(UNKNOWN);
  }

  @Test
  void aLifetimeOfZeroIsWithoutEnd() {
    AccountPolicy endless =
        new AccountPolicy(
            KEY_TTL,
            REFRESH_TTL,
            Duration.ZERO,
            POLICY.rotationGrace(),
            POLICY.deletionGrace(),
            MAX_FAMILIES);
    Instant late = START.plus(LIFETIME.multipliedBy(10));
    Account account = given(CREATED, began(1, START), new AccountEvent.FamilyUsed(1, late));

    assertThat(new CredentialArbiter(endless, account).authenticate(key(100).hash(), late).answer())
        .isEqualTo(authenticated(1));
  }

  @Test
  void revokingEndsOneFamilyAndNoOther() {
    Account account = given(CREATED, began(1, START), began(2, START));

    var verdict = credentials(account).revoke(key(100).hash(), START);

    assertThat(verdict.events())
        .containsExactly(new AccountEvent.FamilyEnded(1, FamilyEnd.REVOKED, START));
    assertThat(verdict.answer())
        .isEqualTo(new AccountAnswer.Revoked(1, List.of(token(1, 0).lineage(), key(100).hash())));
    Account left = after(account, verdict.events());
    assertThat(authenticate(left, key(100), START)).isEqualTo(UNKNOWN);
    assertThat(rotate(left, START)).isEqualTo(UNKNOWN);
    assertThat(authenticate(left, key(200), START)).isEqualTo(authenticated(2));
    assertThat(credentials(left).revoke(key(100).hash(), START).answer()).isEqualTo(UNKNOWN);
  }

  @Test
  void theNumberOfAnEndedFamilyIsNeverUsedAgain() {
    Account account =
        given(
            CREATED,
            began(1, START),
            began(2, START),
            new AccountEvent.FamilyEnded(2, FamilyEnd.REVOKED, START));

    assertThat(credentials(account).issue(NewCredentials.of(key(300), token(3, 0)), START).answer())
        .isEqualTo(new AccountAnswer.Issued(3, List.of()));
  }

  private static AccountAnswer authenticate(Account account, ApiKey key, Instant now) {
    return credentials(account).authenticate(key.hash(), now).answer();
  }

  private static AccountAnswer rotate(Account account, Instant now) {
    return credentials(account).rotate(rotation(1, 0), now).answer();
  }

  private static AccountAnswer.Authenticated authenticated(long family) {
    return new AccountAnswer.Authenticated(family, "ada@example.org", "Ada", null);
  }
}
