package relay.core.account;

import static org.assertj.core.api.Assertions.assertThat;
import static relay.core.account.AccountScene.ADA;
import static relay.core.account.AccountScene.CREATED;
import static relay.core.account.AccountScene.DELETION_GRACE;
import static relay.core.account.AccountScene.GITHUB;
import static relay.core.account.AccountScene.START;
import static relay.core.account.AccountScene.after;
import static relay.core.account.AccountScene.began;
import static relay.core.account.AccountScene.credentials;
import static relay.core.account.AccountScene.given;
import static relay.core.account.AccountScene.key;
import static relay.core.account.AccountScene.life;
import static relay.core.account.AccountScene.rotation;
import static relay.core.account.AccountScene.token;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How an account is deleted, restored, and gone (TermOnMac 7.7). */
class DeletionTest {
  private static final Instant END = START.plus(DELETION_GRACE);
  private static final AccountEvent DELETED = new AccountEvent.AccountDeleted(END, START);
  private static final AccountAnswer.Unknown GONE = new AccountAnswer.Unknown(true);

  @Test
  void deletionBeginsAGrace() {
    var verdict = life(given(CREATED)).delete(START);

    assertThat(verdict.events()).containsExactly(DELETED);
    assertThat(verdict.answer())
        .isEqualTo(
            new AccountAnswer.Described(new Profile(ADA, List.of(), START, START), 0, START, END));
  }

  @Test
  void askingAgainDoesNotProlongIt() {
    var verdict = life(given(CREATED, DELETED)).delete(START.plusSeconds(1));

    assertThat(verdict.events()).isEmpty();
    assertThat(verdict.answer())
        .isEqualTo(
            new AccountAnswer.Described(new Profile(ADA, List.of(), START, START), 0, START, END));
  }

  @Test
  void inTheGraceItCanBeRestoredWithEverything() {
    Account account = given(CREATED, began(1, START), DELETED);
    Instant last = END.minusNanos(1);

    var verdict = life(account).restore(last);

    assertThat(verdict.events()).containsExactly(new AccountEvent.AccountRestored(last));
    assertThat(after(account, verdict.events())).isEqualTo(given(CREATED, began(1, START)));
    assertThat(life(given(CREATED)).restore(START).events()).isEmpty();
  }

  @Test
  void inTheGraceCredentialsWorkAndSayThatItIsDeleted() {
    Account account = given(CREATED, began(1, START), DELETED);
    Instant now = START.plusSeconds(60);

    assertThat(credentials(account).authenticate(key(100).hash(), now).answer())
        .isEqualTo(new AccountAnswer.Authenticated(1, "ada@example.org", "Ada", START));
    assertThat(credentials(account).rotate(rotation(1, 0), now).answer())
        .isEqualTo(new AccountAnswer.Rotated(1, List.of()));
    assertThat(life(account).signIn(GITHUB, ADA, now).answer())
        .isInstanceOfSatisfying(
            AccountAnswer.SignedIn.class, it -> assertThat(it.deletedAt()).isEqualTo(START));
  }

  @Test
  void afterTheGraceItIsErasedByWhoeverAsksFirst() {
    Account account = given(CREATED, began(1, START), DELETED);

    var verdict = credentials(account).authenticate(key(100).hash(), END);

    assertThat(verdict.answer()).isEqualTo(GONE);
    assertThat(verdict.events())
        .containsExactly(
            new AccountEvent.FamilyEnded(1, FamilyEnd.ERASED, END),
            new AccountEvent.AccountErased(END));
    assertThat(after(account, verdict.events())).isEqualTo(new Account.Erased(END));
  }

  @Test
  void anErasedAccountIsGoneForEverybody() {
    Account account = given(CREATED, DELETED, new AccountEvent.AccountErased(END));

    assertThat(life(account).describe(END)).isEqualTo(AccountVerdict.said(GONE));
    assertThat(life(account).delete(END)).isEqualTo(AccountVerdict.said(GONE));
    assertThat(life(account).restore(END)).isEqualTo(AccountVerdict.said(GONE));
    assertThat(life(account).signIn(GITHUB, ADA, END)).isEqualTo(AccountVerdict.said(GONE));
    assertThat(life(account).create(ADA, END)).isEqualTo(AccountVerdict.said(GONE));
    assertThat(credentials(account).revoke(key(100).hash(), END))
        .isEqualTo(AccountVerdict.said(GONE));
    assertThat(credentials(account).rotate(rotation(1, 0), END))
        .isEqualTo(AccountVerdict.said(GONE));
    assertThat(credentials(account).issue(NewCredentials.of(key(1), token(1, 0)), END))
        .isEqualTo(AccountVerdict.said(GONE));
  }
}
