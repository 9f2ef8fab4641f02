package relay.core.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SigninSettingsTest {
  @Test
  void nothingSetIsNoProvider() {
    SigninSettings signin = with(Map.of()).signin();

    assertThat(signin.publicUrl()).isNull();
    assertThat(signin.providers().github().isOn()).isFalse();
    assertThat(signin.providers().google().isOn()).isFalse();
    assertThat(signin.providers().apple().isOn()).isFalse();
    assertThat(signin.providers().oidc().isOn()).isFalse();
    assertThat(signin.providers().others()).isEmpty();
    assertThat(signin.providers().configured()).isEmpty();
  }

  @Test
  void aFileNamesFurtherIssuers(@TempDir Path files) throws IOException {
    Path file = files.resolve("relay.conf");
    Files.writeString(
        file,
        """
        relay.signin.providers.corp {
          name = Corp, issuer = "https://login.corp.example", client-id = relay, client-secret = hunter2
        }
        """);

    RelaySettings settings =
        with(
            Map.of(
                "RELAY_CONFIG",
                file.toString(),
                "RELAY_GITHUB_CLIENT_ID",
                "relay",
                "RELAY_GITHUB_CLIENT_SECRET",
                "hunter2"));

    assertThat(settings.signin().providers().others())
        .containsExactly(
            Map.entry(
                "corp",
                new ProviderSettings.OpenId(
                    "Corp", "https://login.corp.example", "relay", "hunter2")));
    assertThat(settings.signin().providers().configured()).containsExactly("corp", "github");
    assertThat(settings.toString()).doesNotContain("hunter2");
    assertThat(settings.describe())
        .contains("relay.signin.providers.corp.issuer = https://login.corp.example")
        .contains("relay.signin.providers.corp.client-secret = (set)")
        .doesNotContain("hunter2");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          RELAY_SIGNIN_CODE_LIFETIME | 6 minutes | relay.signin.code-lifetime = PT6M: expected at most
          RELAY_PUBLIC_URL | relay.example | relay.signin.public-url = relay.example: expected
          RELAY_PUBLIC_URL | ftp://relay.example | relay.signin.public-url = ftp://relay.example: expected
          RELAY_PUBLIC_URL | https://relay.example?a | relay.signin.public-url = https://relay.example?a: expected
          RELAY_GITHUB_CLIENT_ID | id | relay.signin.providers.github.client-secret = null: expected
          RELAY_OIDC_CLIENT_ID | id | relay.signin.providers.oidc.issuer = null: expected
          RELAY_OIDC_ISSUER | http://login.example | relay.signin.providers.oidc.issuer = http://login.example: expected
          RELAY_APPLE_CLIENT_ID | id | relay.signin.providers.apple.team-id = null: expected
          """)
  void aValueThatDoesNotFitIsRefusedByItsKey(String variable, String value, String message) {
    assertThatThrownBy(() -> with(Map.of(variable, value)))
        .isInstanceOf(InvalidSetting.class)
        .hasMessageStartingWith(message);
  }

  @Test
  void noSecretIsEverPrinted() {
    Map<String, String> secrets = new HashMap<>();
    secrets.put("RELAY_SANDBOX_KEY", "hunter1");
    secrets.put("RELAY_GITHUB_CLIENT_SECRET", "hunter2");
    secrets.put("RELAY_GOOGLE_CLIENT_SECRET", "hunter3");
    secrets.put("RELAY_APPLE_PRIVATE_KEY", "hunter4");
    secrets.put("RELAY_OIDC_CLIENT_SECRET", "hunter5");
    RelaySettings settings = with(secrets);

    assertThat(settings.toString()).doesNotContain("hunter");
    assertThat(settings.describe())
        .doesNotContain("hunter")
        .contains("relay.api.sandbox-key = (set)")
        .contains("relay.signin.providers.apple.private-key = (set)");
  }

  private static RelaySettings with(Map<String, String> environment) {
    return RelaySettings.from(SettingsSource.load(environment));
  }
}
