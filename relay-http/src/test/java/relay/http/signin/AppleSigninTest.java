package relay.http.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jwt.SignedJWT;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import no.nav.security.mock.oauth2.MockOAuth2Server;
import no.nav.security.mock.oauth2.token.DefaultOAuth2TokenCallback;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import relay.core.account.Identity;
import relay.core.settings.ProviderSettings;

/** Where Apple differs: a signed client secret, an answer by form, an address verified as text. */
class AppleSigninTest {
  private static final String CLIENT = "example.relay";

  private final KeyPair key = keyPair();
  private final MockOAuth2Server provider = new MockOAuth2Server();
  private final SigninStage stage = new SigninStage();

  @BeforeEach
  void start() {
    provider.start();
    stage
        .with("RELAY_PUBLIC_URL", "https://relay.example/base/")
        .with("RELAY_APPLE_ISSUER", provider.issuerUrl("apple").toString())
        .with("RELAY_APPLE_CLIENT_ID", CLIENT)
        .with("RELAY_APPLE_TEAM_ID", "TEAM123456")
        .with("RELAY_APPLE_KEY_ID", "KEY1234567")
        .with("RELAY_APPLE_PRIVATE_KEY", pem());
  }

  @AfterEach
  void stop() {
    stage.close();
    provider.shutdown();
  }

  @Test
  void theAnswerComesAsAFormWithANameAtTheFirstTime() {
    provider.enqueueCallback(
        new DefaultOAuth2TokenCallback(
            "apple",
            "001122.abc",
            "JWT",
            List.of(CLIENT),
            Map.of("email", "a@privaterelay.appleid.com", "email_verified", "true")));
    Browser browser = stage.browser();
    Map<String, String> asked = Browser.query(Browser.location(browser.open(SigninStage.LOGIN)));
    assertThat(asked)
        .containsEntry("response_mode", "form_post")
        .containsEntry("redirect_uri", "https://relay.example/base/auth/callback/apple")
        .containsEntry("scope", "openid email name");
    String page =
        browser
            .visit(
                provider.authorizationEndpointUrl("apple")
                    + "?response_type=code&client_id="
                    + CLIENT
                    + "&scope=openid&redirect_uri="
                    + asked.get("redirect_uri")
                    + "&state="
                    + asked.get("state")
                    + "&nonce="
                    + asked.get("nonce")
                    + "&code_challenge="
                    + asked.get("code_challenge")
                    + "&code_challenge_method=S256")
            .headers()
            .firstValue("Location")
            .orElseThrow();

    HttpResponse back =
        browser.submit(
            "/auth/callback/apple",
            Map.of(
                "code",
                Browser.parameter(page, "code"),
                "state",
                asked.getOrDefault("state", ""),
                "user",
                "{\"name\":{\"firstName\":\"Ann\",\"lastName\":\"O'Neil\"}}"));

    assertThat(Browser.location(back)).startsWith("http://127.0.0.1:19837/callback?code=");
    assertThat(stage.desk.identities).containsExactly(new Identity("apple", "001122.abc"));
    assertThat(stage.desk.details.getFirst().email()).isEqualTo("a@privaterelay.appleid.com");
    assertThat(stage.desk.details.getFirst().name()).isEqualTo("Ann O'Neil");
  }

  @Test
  void itsCookieGoesAlongWithAFormOfAppleOverTlsOnly() {
    String cookie =
        stage.browser().open(SigninStage.LOGIN).getHeader("Set-Cookie").orElseThrow().value();

    assertThat(cookie).contains("; Path=/base/auth/;", "; Secure", "; HttpOnly", "; SameSite=None");
  }

  @Test
  void theClientSecretIsSignedByTheTeam() throws Exception {
    SignedJWT secret =
        SignedJWT.parse(AppleSecret.of(settings(pem()), () -> stage.now).get().getValue());

    assertThat(secret.verify(new ECDSAVerifier((ECPublicKey) key.getPublic()))).isTrue();
    assertThat(secret.getHeader().getAlgorithm().getName()).isEqualTo("ES256");
    assertThat(secret.getHeader().getKeyID()).isEqualTo("KEY1234567");
    assertThat(secret.getJWTClaimsSet().getIssuer()).isEqualTo("TEAM123456");
    assertThat(secret.getJWTClaimsSet().getSubject()).isEqualTo(CLIENT);
    assertThat(secret.getJWTClaimsSet().getAudience()).containsExactly("https://appleid.apple.com");
    assertThat(secret.getJWTClaimsSet().getExpirationTime().toInstant())
        .isEqualTo(stage.now.plusSeconds(300));
  }

  @Test
  void aKeyInOneLineIsReadToo() {
    String oneLine = pem().replace("\n", "\\n");

    assertThat(AppleSecret.of(settings(oneLine), InstantSource.system()).get().getValue())
        .isNotEmpty();
  }

  @Test
  void aKeyThatIsNoneIsRefusedAtStartAndNotShown() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> AppleSecret.of(settings("hunter2"), InstantSource.system()))
        .withMessageContaining("relay.signin.providers.apple.private-key")
        .withMessageNotContaining("hunter2")
        .withNoCause();
  }

  private static ProviderSettings.Apple settings(String privateKey) {
    return new ProviderSettings.Apple(
        CLIENT, "TEAM123456", "KEY1234567", privateKey, "https://appleid.apple.com");
  }

  private String pem() {
    return "-----BEGIN PRIVATE KEY-----\n"
        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key.getPrivate().getEncoded())
        + "\n-----END PRIVATE KEY-----\n";
  }

  private static KeyPair keyPair() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
