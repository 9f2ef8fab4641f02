package relay.http.signin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import relay.core.account.Identity;
import relay.core.account.PersonalDetails;

class GithubSigninTest {
  private final FakeGithub github = new FakeGithub();
  private final SigninStage stage =
      new SigninStage()
          .with("RELAY_GITHUB_CLIENT_ID", "github-client")
          .with("RELAY_GITHUB_CLIENT_SECRET", FakeGithub.SECRET)
          .with("RELAY_GITHUB_ADDRESS", github.address())
          .with("RELAY_GITHUB_API", github.address() + "/api");

  @AfterEach
  void stop() {
    stage.close();
    github.close();
  }

  @Test
  void aPersonIsKnownByTheNumberAndThePrimaryVerifiedAddress() {
    String back = Browser.location(stage.browser().signIn(SigninStage.LOGIN));

    assertThat(stage.exchange(back)).isEqualTo(DeskOfOne.ACCOUNT);
    assertThat(stage.desk.identities).containsExactly(new Identity("github", "583231"));
    assertThat(stage.desk.details.getFirst())
        .isEqualTo(new PersonalDetails("octo@example.org", "The Octocat", null));
  }

  @Test
  void aPrimaryAddressThatIsNotVerifiedIsNotKnown() {
    github.emails =
        """
        [{"email":"victim@example.org","primary":true,"verified":false},
         {"email":"other@example.org","primary":false,"verified":true}]
        """;

    Browser.location(stage.browser().signIn(SigninStage.LOGIN));

    assertThat(stage.desk.details.getFirst().email()).isNull();
  }

  @Test
  void whoeverHasNoNameIsCalledByTheLogin() {
    github.user = "{\"id\":1,\"login\":\"octocat\",\"name\":null}";

    Browser.location(stage.browser().signIn(SigninStage.LOGIN));

    assertThat(stage.desk.details.getFirst().name()).isEqualTo("octocat");
  }

  @Test
  void aMadeUpCodeIsRejected() {
    Browser browser = stage.browser();
    String state = Browser.parameter(Browser.location(browser.open(SigninStage.LOGIN)), "state");

    HttpResponse page = browser.open("/auth/callback/github?code=made-up&state=" + state);

    assertThat(page.status().intValue()).isEqualTo(403);
    assertThat(stage.desk.identities).isEmpty();
  }

  @Test
  void anAnswerOfAnotherProviderIsNone() {
    Browser browser = stage.browser();
    String state = Browser.parameter(Browser.location(browser.open(SigninStage.LOGIN)), "state");

    for (String provider : new String[] {"oidc", "google", "nobody"}) {
      HttpResponse page =
          browser.open("/auth/callback/" + provider + "?code=github-code&state=" + state);
      assertThat(page.status().intValue()).as(provider).isEqualTo(400);
    }
  }

  @Test
  void answersThatAreNoUserAreRejected() {
    for (String user : new String[] {"{}", "[]", "<html>", "{\"id\":\"583231\"}"}) {
      github.user = user;
      HttpResponse page = stage.browser().signIn(SigninStage.LOGIN);
      assertThat(page.status().intValue()).as(user).isEqualTo(403);
    }
    assertThat(stage.desk.identities).isEmpty();
  }

  @Test
  void aPromptIsAChoiceOfAccount() {
    Map<String, String> query =
        Browser.query(Browser.location(stage.browser().open(SigninStage.LOGIN + "&reauth=1")));

    assertThat(query)
        .containsEntry("prompt", "select_account")
        .containsEntry("scope", "read:user user:email")
        .containsKey("code_challenge");
  }
}
