package relay.http.signin;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a browser is shown before it goes to a provider. */
class SigninPagesTest {
  private final SigninStage stage = new SigninStage();

  @AfterEach
  void close() {
    stage.close();
  }

  @Test
  void withoutProvidersThePageSaysHowAccountsAreMade() {
    HttpResponse page = stage.browser().open(SigninStage.LOGIN);

    assertThat(page.status().intValue()).isEqualTo(200);
    assertThat(Browser.text(page)).contains("relay account add --email");
  }

  @Test
  void ofSeveralProvidersOneIsChosen() {
    HttpResponse page = two().browser().open(SigninStage.LOGIN + "&reauth=1");

    assertThat(Browser.text(page))
        .contains(
            "href=\"?port=19837&amp;state="
                + SigninStage.STATE
                + "&amp;reauth=1&amp;provider=github\"")
        .contains("Continue with GitHub")
        .contains("provider=oidc")
        .contains("Continue with Corp &lt;b&gt;")
        .doesNotContain("<b>");
  }

  @Test
  void aProviderThatIsNotConfiguredIsReplacedByTheChoice() {
    HttpResponse page = two().browser().open(SigninStage.LOGIN + "&provider=apple");

    assertThat(Browser.text(page)).contains("Continue with GitHub");
  }

  @Test
  void theOnlyProviderIsNotAskedFor() {
    stage.with("RELAY_GITHUB_CLIENT_ID", "id").with("RELAY_GITHUB_CLIENT_SECRET", "secret");

    String location = Browser.location(stage.browser().open(SigninStage.LOGIN));

    assertThat(location).startsWith("https://github.com/login/oauth/authorize?");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "?port=19837",
        "?state=abc",
        "?port=80&state=abc",
        "?port=65536&state=abc",
        "?port=19837x&state=abc",
        "?port=-19837&state=abc",
        "?port=19837&state=",
        "?port=19837&state=a%26b",
        "?port=19837&state=a%0d%0ab"
      })
  void aLinkThatIsNotCompleteGoesNowhere(String query) {
    HttpResponse page = two().browser().open("/auth/web-login" + query);

    assertThat(page.status().intValue()).isEqualTo(400);
    assertThat(page.getHeader("Location")).isEmpty();
  }

  @Test
  void whoeverBeginsTooOftenWaits() {
    Browser browser = stage.browser();
    for (int each = 0; each < 20; each++) {
      assertThat(browser.open(SigninStage.LOGIN).status().intValue()).isEqualTo(200);
    }

    HttpResponse page = browser.open(SigninStage.LOGIN);

    assertThat(page.status().intValue()).isEqualTo(429);
    assertThat(page.getHeader("Retry-After").orElseThrow().value()).isEqualTo("4");
    assertThat(stage.signins.counted()).containsExactly("relay failed: RATE_LIMITED");
  }

  @Test
  void aPageTakesNothingFromElsewhereAndRunsNoScript() throws Exception {
    HttpResponse page = stage.browser().open(SigninStage.LOGIN);
    String html = Browser.text(page);
    String style = html.substring(html.indexOf("<style>") + 7, html.indexOf("</style>"));
    byte[] hash =
        MessageDigest.getInstance("SHA-256").digest(style.getBytes(StandardCharsets.UTF_8));

    assertThat(page.getHeader("Content-Security-Policy").orElseThrow().value())
        .startsWith("default-src 'none'; style-src 'sha256-")
        .contains(Base64.getEncoder().encodeToString(hash))
        .contains("frame-ancestors 'none'")
        .doesNotContain("unsafe");
    assertThat(html).doesNotContain("<script").doesNotContain("http");
    for (String header : List.of("Cache-Control", "Referrer-Policy", "X-Content-Type-Options")) {
      assertThat(page.getHeader(header)).as(header).isPresent();
    }
  }

  private SigninStage two() {
    return stage
        .with("RELAY_GITHUB_CLIENT_ID", "id")
        .with("RELAY_GITHUB_CLIENT_SECRET", "secret")
        .with("RELAY_OIDC_NAME", "Corp <b>")
        .with("RELAY_OIDC_ISSUER", "https://login.corp.example")
        .with("RELAY_OIDC_CLIENT_ID", "id")
        .with("RELAY_OIDC_CLIENT_SECRET", "secret");
  }
}
