package relay.http.signin;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import no.nav.security.mock.oauth2.MockOAuth2Server;
import no.nav.security.mock.oauth2.token.DefaultOAuth2TokenCallback;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import relay.http.testing.RelayServerExtension;

/**
 * Signs in with a real browser: cookies, redirects and the policy of the pages are its own. Not
 * part of a build; wants Chromium, or the path of another browser of its kind in {@code
 * RELAY_TEST_BROWSER}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("browser")
class RealBrowserIT {
  private static final MockOAuth2Server PROVIDER = started();

  @RegisterExtension
  static final RelayServerExtension RELAY =
      new RelayServerExtension()
          .with("relay.signin.providers.google.issuer", PROVIDER.issuerUrl("google").toString())
          .with("relay.signin.providers.google.client-id", "relay")
          .with("relay.signin.providers.google.client-secret", "hunter2");

  private static MockOAuth2Server started() {
    MockOAuth2Server provider = new MockOAuth2Server();
    provider.start();
    return provider;
  }

  @AfterAll
  void stop() {
    PROVIDER.shutdown();
  }

  @Test
  void theBrowserBringsACodeToTheCommandLine(@TempDir Path profile) throws Exception {
    PROVIDER.enqueueCallback(
        new DefaultOAuth2TokenCallback("google", "subject", "JWT", List.of("relay"), Map.of()));
    try (CommandLine terminal = new CommandLine()) {
      String page = browse(profile, terminal.login("http://127.0.0.1:" + RELAY.port()));

      assertThat(page).contains("Back to the terminal");
      assertThat(terminal.code()).hasSize(43);
    }
  }

  /** The page the browser ends at. */
  private static String browse(Path profile, String address) throws Exception {
    Process browser =
        new ProcessBuilder(
                System.getenv().getOrDefault("RELAY_TEST_BROWSER", "chromium"),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-background-networking",
                "--user-data-dir=" + profile,
                "--dump-dom",
                address)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      String page = new String(browser.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(browser.waitFor(30, TimeUnit.SECONDS)).isTrue();
      return page;
    } finally {
      browser.destroyForcibly();
    }
  }
}
