package relay.core.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static relay.core.account.AccountScene.ADA;
import static relay.core.account.AccountScene.CREATED;
import static relay.core.account.AccountScene.GITHUB;
import static relay.core.account.AccountScene.GOOGLE;
import static relay.core.account.AccountScene.START;
import static relay.core.account.AccountScene.after;
import static relay.core.account.AccountScene.began;
import static relay.core.account.AccountScene.given;
import static relay.core.account.AccountScene.life;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How an account begins, and what it knows of its owner. */
class AccountTest {
  private static final Instant LATER = START.plusSeconds(3600);
  private static final AccountEvent LINKED = new AccountEvent.ProviderLinked(GITHUB, START);

  @Test
  void theFirstSignInMakesTheAccount() {
    var verdict = life(given()).signIn(GITHUB, ADA, START);

    assertThat(verdict.events()).containsExactly(CREATED, LINKED);
    assertThat(verdict.answer())
        .isEqualTo(
            new AccountAnswer.SignedIn(
                true,
                new Profile(ADA, List.of(new LinkedProvider(GITHUB, START)), START, START),
                null));
  }

  @Test
  void theNextSignInIsNotedAndChangesNothingElse() {
    var other = new PersonalDetails("eve@example.org", "Eve", null);

    var verdict = life(given(CREATED, LINKED)).signIn(GITHUB, other, LATER);

    assertThat(verdict.events()).containsExactly(new AccountEvent.SignedIn(LATER));
    assertThat(verdict.answer())
        .isEqualTo(
            new AccountAnswer.SignedIn(
                false,
                new Profile(ADA, List.of(new LinkedProvider(GITHUB, START)), START, LATER),
                null));
  }

  @Test
  void anotherProviderIsLinked() {
    Account account = given(CREATED, LINKED);
    var verdict = life(account).signIn(GOOGLE, ADA, LATER);

    assertThat(verdict.events())
        .containsExactly(
            new AccountEvent.ProviderLinked(GOOGLE, LATER), new AccountEvent.SignedIn(LATER));
    Profile profile = ((Account.Present) after(account, verdict.events())).profile();
    assertThat(profile.primaryProvider()).contains("github");
    assertThat(profile.providers()).extracting(LinkedProvider::identity).contains(GOOGLE);
  }

  @Test
  void noMoreProvidersAreLinkedThanAProfileHolds() {
    Account account = given(CREATED);
    for (int i = 0; i < 20; i++) {
      var verdict = life(account).signIn(new Identity("oidc", "subject" + i), ADA, LATER);
      assertThat(verdict.answer()).isInstanceOf(AccountAnswer.SignedIn.class);
      account = after(account, verdict.events());
    }
    assertThat(((Account.Present) account).profile().providers()).hasSize(16);
  }

  @Test
  void anOperatorMakesAnAccountOnce() {
    var verdict = life(given()).create(ADA, START);

    assertThat(verdict.events()).containsExactly(CREATED);
    assertThat(verdict.answer())
        .isEqualTo(
            new AccountAnswer.SignedIn(true, new Profile(ADA, List.of(), START, START), null));
    assertThat(life(given(CREATED)).create(ADA, LATER))
        .isEqualTo(AccountVerdict.said(new AccountAnswer.Exists()));
  }

  @Test
  void ofAnAccountThatNobodyMadeNothingIsKnown() {
    var unknown = AccountVerdict.said(new AccountAnswer.Unknown(false));

    assertThat(life(given()).describe(START)).isEqualTo(unknown);
    assertThat(life(given()).delete(START)).isEqualTo(unknown);
    assertThat(life(given()).restore(START)).isEqualTo(unknown);
  }

  @Test
  void itTellsHowManySignInsHaveCredentials() {
    Account account = given(CREATED, began(1, START), began(2, LATER));

    assertThat(life(account).describe(START.plus(AccountScene.REFRESH_TTL)).answer())
        .isEqualTo(
            new AccountAnswer.Described(new Profile(ADA, List.of(), START, START), 1, null, null));
  }

  @Test
  void nothingHappensToAnAccountThatIsNotThere() {
    assertThatThrownBy(() -> given(LINKED)).isInstanceOf(IllegalStateException.class);
  }
}
