package relay.http.signin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import no.nav.security.mock.oauth2.MockOAuth2Server;
import no.nav.security.mock.oauth2.token.DefaultOAuth2TokenCallback;
import okhttp3.mockwebserver.RecordedRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import relay.core.account.Identity;

/** A whole sign-in against an OpenID Connect server. */
class OpenIdSigninTest {
  private static final String ISSUER = "corp";
  private static final String CLIENT = "relay-client";

  private final MockOAuth2Server provider = new MockOAuth2Server();
  private final SigninStage stage = new SigninStage();

  @BeforeEach
  void start() {
    provider.start();
    stage
        .with("RELAY_OIDC_ISSUER", provider.issuerUrl(ISSUER).toString())
        .with("RELAY_OIDC_CLIENT_ID", CLIENT)
        .with("RELAY_OIDC_CLIENT_SECRET", "hunter2");
  }

  @AfterEach
  void stop() {
    stage.close();
    provider.shutdown();
  }

  @Test
  void aPersonSignsInAndTheCommandLineGetsACodeForTheirAccount() {
    says(Map.of("email", "Ann@Example.org", "email_verified", true, "name", "Ann"));
    Browser browser = stage.browser();

    String back = Browser.location(browser.signIn(SigninStage.LOGIN));

    assertThat(back).startsWith("http://127.0.0.1:19837/callback?code=");
    assertThat(Browser.query(back)).containsEntry("state", SigninStage.STATE);
    assertThat(stage.desk.identities).containsExactly(new Identity("oidc", "subject-1"));
    assertThat(stage.desk.details.getFirst().email()).isEqualTo("ann@example.org");
    assertThat(stage.desk.details.getFirst().name()).isEqualTo("Ann");
    assertThat(stage.welcomed).containsExactly(DeskOfOne.ACCOUNT);
    assertThat(stage.exchange(back)).isEqualTo(DeskOfOne.ACCOUNT);
    assertThat(browser.cookies()).isEmpty();
    counted("oidc started", "oidc succeeded");
  }

  @Test
  void theCodeIsGoodOnceAndForTwoMinutes() {
    says(Map.of());
    String first = Browser.location(stage.browser().signIn(SigninStage.LOGIN));
    String code = Browser.parameter(first, "code");

    assertThat(code).hasSizeGreaterThanOrEqualTo(22);
    assertThat(stage.exchange(first)).isEqualTo(DeskOfOne.ACCOUNT);
    assertThat(taken(code)).isFalse();

    says(Map.of());
    String second = Browser.location(stage.browser().signIn(SigninStage.LOGIN));
    stage.now = stage.now.plusSeconds(120);
    assertThat(taken(Browser.parameter(second, "code"))).isFalse();
  }

  @Test
  void anotherNodeFinishesWhatOneHasBegun() {
    says(Map.of());
    Browser browser = stage.browser();
    String page = Browser.location(browser.open(SigninStage.LOGIN));
    String back = browser.visit(page).headers().firstValue("Location").orElseThrow();
    Browser elsewhere = new Browser(stage.node(), SigninStage.BASE);
    elsewhere.cookies().putAll(browser.cookies());

    assertThat(stage.exchange(Browser.location(elsewhere.open(back)))).isEqualTo(DeskOfOne.ACCOUNT);
  }

  @Test
  void theProviderIsAskedWithPkceStateNonceAndOnWishWithAPrompt() {
    Map<String, String> silent =
        Browser.query(Browser.location(stage.browser().open(SigninStage.LOGIN)));
    Map<String, String> prompted =
        Browser.query(Browser.location(stage.browser().open(SigninStage.LOGIN + "&reauth=1")));

    assertThat(silent)
        .containsEntry("response_type", "code")
        .containsEntry("client_id", CLIENT)
        .containsEntry("redirect_uri", SigninStage.BASE + "/auth/callback/oidc")
        .containsEntry("code_challenge_method", "S256")
        .containsKeys("code_challenge", "nonce", "state")
        .doesNotContainKey("prompt");
    assertThat(silent.get("state")).isNotEqualTo(SigninStage.STATE);
    assertThat(prompted).containsEntry("prompt", "login");
  }

  @Test
  void theVerifierAndTheSecretGoToTheProviderAlone() throws InterruptedException {
    says(Map.of("email", "a@b.example", "email_verified", true));
    stage.browser().signIn(SigninStage.LOGIN);

    RecordedRequest token = request("/token");
    assertThat(token.getBody().readUtf8())
        .contains("grant_type=authorization_code")
        .contains("code_verifier=");
    assertThat(token.getHeader("Authorization")).startsWith("Basic ");
  }

  @Test
  void anAddressThatIsNotVerifiedIsNotKnown() {
    says(Map.of("email", "victim@example.org", "email_verified", false));

    stage.browser().signIn(SigninStage.LOGIN);

    assertThat(stage.desk.details.getFirst().email()).isNull();
  }

  @Test
  void anAddressOfNoWordAboutVerificationIsNotKnown() {
    says(Map.of("email", "victim@example.org"));

    stage.browser().signIn(SigninStage.LOGIN);

    assertThat(stage.desk.details.getFirst().email()).isNull();
  }

  @Test
  void aBrowserThatDidNotBeginCannotFinish() {
    Browser browser = stage.browser();
    String page = Browser.location(browser.open(SigninStage.LOGIN));
    String back = browser.visit(page).headers().firstValue("Location").orElseThrow();

    rejected(stage.browser().open(back), 400);
    counted("oidc started", "oidc failed: UNKNOWN_ATTEMPT");
  }

  @Test
  void anAnswerWithAnotherStateIsNone() {
    Browser browser = stage.browser();
    String page = Browser.location(browser.open(SigninStage.LOGIN));
    String state = Browser.parameter(page, "state");
    // The same cookie is found by how a state begins.
    String forged = state.substring(0, 8) + "A".repeat(state.length() - 8);

    rejected(browser.open("/auth/callback/oidc?code=x&state=" + forged), 400);
  }

  @Test
  void whoeverTakesTooLongBeginsAgain() {
    Browser browser = stage.browser();
    String page = Browser.location(browser.open(SigninStage.LOGIN));
    String back = browser.visit(page).headers().firstValue("Location").orElseThrow();
    stage.now = stage.now.plusSeconds(601);

    rejected(browser.open(back), 400);
    counted("oidc started", "oidc failed: UNKNOWN_ATTEMPT");
  }

  @Test
  void anIdTokenOfAnotherAttemptIsRejected() {
    says(Map.of("nonce", "another"));

    rejected(stage.browser().signIn(SigninStage.LOGIN), 403);
    counted("oidc started", "oidc failed: REJECTED");
  }

  @Test
  void anAnswerThatNamesAnotherIssuerIsRejected() {
    Browser browser = stage.browser();
    String state = Browser.parameter(Browser.location(browser.open(SigninStage.LOGIN)), "state");

    rejected(
        browser.open("/auth/callback/oidc?code=x&iss=https://evil.example&state=" + state), 403);
  }

  @Test
  void aMadeUpCodeIsRejected() {
    Browser browser = stage.browser();
    String state = Browser.parameter(Browser.location(browser.open(SigninStage.LOGIN)), "state");

    rejected(browser.open("/auth/callback/oidc?code=made-up&state=" + state), 403);
  }

  @Test
  void whoeverDeclinesMayTryAgain() {
    Browser browser = stage.browser();
    String state = Browser.parameter(Browser.location(browser.open(SigninStage.LOGIN)), "state");

    HttpResponse page = browser.open("/auth/callback/oidc?error=access_denied&state=" + state);

    rejected(page, 403);
    counted("oidc started", "oidc failed: DENIED");
    assertThat(Browser.text(page))
        .contains("href=\"" + SigninStage.BASE + SigninStage.LOGIN.replace("&", "&amp;") + "\"");
  }

  @Test
  void aProviderThatIsAwayIsNamedAsSuch() {
    provider.shutdown();

    rejected(stage.browser().open(SigninStage.LOGIN), 502);
    counted("oidc failed: UNAVAILABLE");
  }

  @Test
  void aDatabaseThatIsAwayIsOurFault() {
    says(Map.of());
    stage.desk.isAway = true;

    rejected(stage.browser().signIn(SigninStage.LOGIN), 503);
    counted("oidc started", "oidc failed: INTERNAL");
  }

  @Test
  void anAccountThatIsBeingDeletedIsKeptOnlyOnWish() {
    says(Map.of());
    stage.desk.deletedAt = stage.now.minusSeconds(3600);
    stage.desk.erasedAfter = stage.now.plusSeconds(86_400);
    Browser browser = stage.browser();

    HttpResponse page = browser.signIn(SigninStage.LOGIN);

    assertThat(page.status().intValue()).isEqualTo(200);
    String html = Browser.text(page);
    assertThat(html).contains("22 November 2026").contains("/auth/restore");
    assertThat(stage.desk.deletedAt).isNotNull();

    String code = html.replaceAll("(?s).*name=\"code\" value=\"([^\"]+)\".*", "$1");
    assertThat(taken(code)).as("good for keeping only").isFalse();
    Map<String, String> form = Map.of("code", code, "port", "19837", "state", SigninStage.STATE);
    String back = Browser.location(browser.submit("/auth/restore", form));
    assertThat(stage.desk.deletedAt).isNull();
    assertThat(stage.exchange(back)).isEqualTo(DeskOfOne.ACCOUNT);
    assertThat(browser.submit("/auth/restore", form).status().intValue()).isEqualTo(410);
    counted("oidc started", "oidc succeeded");
  }

  @Test
  void oneAccountSignsInOnlySoOften() {
    for (int each = 0; each < 10; each++) {
      says(Map.of());
      Browser.location(stage.browserFrom("192.0.2." + each).signIn(SigninStage.LOGIN));
    }

    says(Map.of());
    HttpResponse page = stage.browserFrom("192.0.2.10").signIn(SigninStage.LOGIN);

    assertThat(page.status().intValue()).isEqualTo(429);
    assertThat(stage.signins.counted()).endsWith("oidc started", "oidc failed: RATE_LIMITED");
  }

  private void counted(String... what) {
    assertThat(stage.signins.counted()).containsExactly(what);
  }

  private boolean taken(String code) {
    return stage
        .codes()
        .take(OneTimeCodes.Purpose.EXCHANGE, code)
        .toCompletableFuture()
        .join()
        .isPresent();
  }

  private void says(Map<String, Object> claims) {
    provider.enqueueCallback(
        new DefaultOAuth2TokenCallback(ISSUER, "subject-1", "JWT", List.of(CLIENT), claims));
  }

  private RecordedRequest request(String suffix) throws InterruptedException {
    while (true) {
      RecordedRequest next = provider.takeRequest(5, TimeUnit.SECONDS);
      if (Objects.requireNonNull(next.getPath()).endsWith(suffix)) {
        return next;
      }
    }
  }

  private void rejected(HttpResponse response, int status) {
    assertThat(response.status().intValue()).as(Browser.text(response)).isEqualTo(status);
    assertThat(response.getHeader("Location")).isEmpty();
    assertThat(stage.welcomed).isEmpty();
  }
}
