package relay.http.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWT;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.Issuer;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import no.nav.security.mock.oauth2.MockOAuth2Server;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import relay.http.signin.OidcClient.Habits;
import relay.http.signin.SigninFailure.Kind;

/** Which id tokens prove who somebody is. */
class OidcIssuerTest {
  private static final String CLIENT = "relay-client";
  private static final String SECRET = "0123456789abcdef0123456789abcdef";
  private static final String NONCE = "nonce";

  private final MockOAuth2Server provider = new MockOAuth2Server();
  private final ProviderCalls calls = new ProviderCalls(Duration.ofSeconds(10));
  private final AtomicLong nanos = new AtomicLong();

  @BeforeEach
  void start() {
    provider.start();
  }

  @AfterEach
  void stop() {
    calls.close();
    provider.shutdown();
  }

  @Test
  void oneOfTheIssuerForThisClientAndThisAttempt() throws SigninFailure {
    JWT token = provider.issueToken("corp", "subject", CLIENT, Map.of("nonce", NONCE));

    assertThat(issuer("corp").verified(token, NONCE).getSubject().getValue()).isEqualTo("subject");
  }

  @Test
  void noneForAnotherClient() {
    rejected(provider.issueToken("corp", "subject", "another", Map.of("nonce", NONCE)));
  }

  @Test
  void noneOfAnotherAttempt() {
    rejected(provider.issueToken("corp", "subject", CLIENT, Map.of("nonce", "another")));
    rejected(provider.issueToken("corp", "subject", CLIENT));
  }

  @Test
  void noneOfAnotherIssuer() {
    rejected(provider.issueToken("evil", "subject", CLIENT, Map.of("nonce", NONCE)));
  }

  @Test
  void noneThatHasExpired() {
    rejected(provider.issueToken("corp", "subject", CLIENT, Map.of("nonce", NONCE), -120));
  }

  @Test
  void noneWithoutSignature() {
    rejected(new PlainJWT(claims()));
  }

  @Test
  void noneSignedWithOurOwnSecret() throws JOSEException {
    SignedJWT token = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims());
    token.sign(new MACSigner(SECRET));

    rejected(token);
  }

  @Test
  void whatAnIssuerPublishesIsReadOnceAnHour() throws SigninFailure {
    OidcIssuer issuer = issuer("corp");
    issuer.metadata();
    provider.shutdown();

    assertThat(issuer.metadata()).isNotNull();
    nanos.addAndGet(Duration.ofHours(1).toNanos());
    assertThatExceptionOfType(SigninFailure.class)
        .isThrownBy(issuer::metadata)
        .extracting(SigninFailure::kind)
        .isEqualTo(Kind.UNAVAILABLE);
  }

  @Test
  void metadataOfAnotherIssuerIsNotBelieved() {
    OidcClient client = client(provider.issuerUrl("corp") + "/");

    assertThatExceptionOfType(SigninFailure.class)
        .isThrownBy(() -> new OidcIssuer(client, calls, nanos::get).metadata())
        .extracting(SigninFailure::kind)
        .isEqualTo(Kind.UNAVAILABLE);
  }

  private JWTClaimsSet claims() {
    return new JWTClaimsSet.Builder()
        .issuer(provider.issuerUrl("corp").toString())
        .subject("subject")
        .audience(CLIENT)
        .issueTime(Date.from(Instant.now()))
        .expirationTime(Date.from(Instant.now().plusSeconds(60)))
        .claim("nonce", NONCE)
        .build();
  }

  private void rejected(JWT token) {
    assertThatExceptionOfType(SigninFailure.class)
        .isThrownBy(() -> issuer("corp").verified(token, NONCE))
        .extracting(SigninFailure::kind)
        .isEqualTo(Kind.REJECTED);
  }

  private OidcIssuer issuer(String id) {
    return new OidcIssuer(client(provider.issuerUrl(id).toString()), calls, nanos::get);
  }

  private static OidcClient client(String issuer) {
    return new OidcClient(
        "oidc",
        "Corp",
        new Issuer(issuer),
        new ClientID(CLIENT),
        () -> new Secret(SECRET),
        Habits.STANDARD);
  }
}
