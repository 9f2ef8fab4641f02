package relay.core.account;

import static org.assertj.core.api.Assertions.assertThat;
import static relay.core.account.AccountScene.CREATED;
import static relay.core.account.AccountScene.GRACE;
import static relay.core.account.AccountScene.KEY_TTL;
import static relay.core.account.AccountScene.START;
import static relay.core.account.AccountScene.after;
import static relay.core.account.AccountScene.began;
import static relay.core.account.AccountScene.credentials;
import static relay.core.account.AccountScene.given;
import static relay.core.account.AccountScene.key;
import static relay.core.account.AccountScene.rotated;
import static relay.core.account.AccountScene.rotation;
import static relay.core.account.AccountScene.sealed;
import static relay.core.account.AccountScene.token;

import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** How a refresh token is exchanged, repeated, and found out (TermOnMac 7.4). */
class RotationTest {
  private static final AccountAnswer.Unknown UNKNOWN = new AccountAnswer.Unknown(false);
  private static final AccountEvent BEGAN = began(1, START);
  private static final Instant T1 = START.plusSeconds(1000);

  @Test
  void aCurrentTokenIsExchanged() {
    var verdict = credentials(given(CREATED, BEGAN)).rotate(rotation(1, 0), T1);

    assertThat(verdict.events()).containsExactly(rotated(1, 0, T1));
    assertThat(verdict.answer()).isEqualTo(new AccountAnswer.Rotated(1, List.of()));
  }

  @Test
  void theNewCredentialsCountAndTheOldKeyDoesForTheGrace() {
    Account account = given(CREATED, BEGAN, rotated(1, 0, T1));

    assertThat(authenticate(account, key(101), T1)).isEqualTo(authenticated());
    assertThat(authenticate(account, key(100), T1.plus(GRACE).minusNanos(1)))
        .isEqualTo(authenticated());
    assertThat(authenticate(account, key(100), T1.plus(GRACE))).isEqualTo(UNKNOWN);
    assertThat(credentials(account).rotate(rotation(1, 1), T1).answer())
        .isEqualTo(new AccountAnswer.Rotated(1, List.of()));
  }

  @Test
  void withinTheGraceTheSameTokenIsAnsweredAlike() {
    Account account = given(CREATED, BEGAN, rotated(1, 0, T1));
    Rotation again =
        new Rotation(
            token(1, 0).hash(),
            NewCredentials.of(key(7), token(1, 0).successor(new Random(7))),
            sealed(1, 7));

    assertThat(credentials(account).rotate(again, T1.plus(GRACE).minusNanos(1)))
        .isEqualTo(AccountVerdict.said(new AccountAnswer.Replayed(sealed(1, 0))));
  }

  @Test
  void thatHoldsEvenIfItsSuccessorWasExchangedSince() {
    Account account = given(CREATED, BEGAN, rotated(1, 0, T1), rotated(1, 1, T1.plusSeconds(10)));

    assertThat(credentials(account).rotate(rotation(1, 0), T1.plusSeconds(20)))
        .isEqualTo(AccountVerdict.said(new AccountAnswer.Replayed(sealed(1, 0))));
    assertThat(credentials(account).rotate(rotation(1, 1), T1.plusSeconds(20)))
        .isEqualTo(AccountVerdict.said(new AccountAnswer.Replayed(sealed(1, 1))));
  }

  @Test
  void afterTheGraceTheSameTokenEndsItsFamily() {
    Account account = given(CREATED, BEGAN, rotated(1, 0, T1));
    Instant late = T1.plus(GRACE);

    var verdict = credentials(account).rotate(rotation(1, 0), late);

    assertThat(verdict.events())
        .containsExactly(new AccountEvent.FamilyEnded(1, FamilyEnd.REUSED, late));
    assertThat(verdict.answer())
        .isEqualTo(
            new AccountAnswer.Reused(
                1, List.of(token(1, 0).lineage(), key(101).hash(), key(100).hash())));
    Account ended = after(account, verdict.events());
    assertThat(authenticate(ended, key(101), late)).isEqualTo(UNKNOWN);
    assertThat(credentials(ended).rotate(rotation(1, 1), late).answer()).isEqualTo(UNKNOWN);
    assertThat(credentials(ended).rotate(rotation(1, 0), late).answer()).isEqualTo(UNKNOWN);
  }

  @Test
  void aTokenOfLongAgoIsKnownHoweverOftenItsFamilyWasRotated() {
    Account account = given(CREATED, BEGAN);
    for (int i = 0; i < 100; i++) {
      account = Account.evolve(account, rotated(1, i, START.plus(GRACE.multipliedBy(i + 1L))));
    }

    var verdict = credentials(account).rotate(rotation(1, 3), START.plus(GRACE.multipliedBy(101)));

    assertThat(verdict.answer()).isInstanceOf(AccountAnswer.Reused.class);
  }

  @Test
  void aStrangersTokenEndsNothing() {
    Account account = given(CREATED, BEGAN);
    RefreshToken strange = RefreshToken.mint(new Random(99));
    Rotation rotation =
        new Rotation(
            strange.hash(),
            NewCredentials.of(key(7), strange.successor(new Random(7))),
            SealedResult.seal("{}", strange, new Random(7)));

    assertThat(credentials(account).rotate(rotation, T1)).isEqualTo(AccountVerdict.said(UNKNOWN));
  }

  @Test
  void aKeyThatHadExpiredDoesNotComeBackForTheGrace() {
    Account account = given(CREATED, BEGAN);
    Instant late = START.plus(KEY_TTL).plusSeconds(10);

    var verdict = credentials(account).rotate(rotation(1, 0), late);

    assertThat(verdict.answer()).isInstanceOf(AccountAnswer.Rotated.class);
    Account after = after(account, verdict.events());
    assertThat(authenticate(after, key(100), late)).isEqualTo(UNKNOWN);
    assertThat(authenticate(after, key(101), late)).isEqualTo(authenticated());
  }

  @Test
  void noMoreResultsAreKeptThanTheBoundAllows() {
    Account account = given(CREATED, BEGAN);
    for (int i = 0; i < 8; i++) {
      assertThat(credentials(account).rotate(rotation(1, i), T1.plusSeconds(i)).answer())
          .isInstanceOf(AccountAnswer.Rotated.class);
      account = Account.evolve(account, rotated(1, i, T1.plusSeconds(i)));
    }

    assertThat(credentials(account).rotate(rotation(1, 8), T1.plusSeconds(9)))
        .isEqualTo(AccountVerdict.said(new AccountAnswer.TooManyRotations()));
    assertThat(credentials(account).rotate(rotation(1, 8), T1.plus(GRACE)).answer())
        .as("once the first result is answered no more")
        .isEqualTo(new AccountAnswer.Rotated(1, List.of(key(100).hash())));
  }

  private static AccountAnswer authenticate(Account account, ApiKey key, Instant now) {
    return credentials(account).authenticate(key.hash(), now).answer();
  }

  private static AccountAnswer.Authenticated authenticated() {
    return new AccountAnswer.Authenticated(1, "ada@example.org", "Ada", null);
  }
}
