package relay.http.signin;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.oauth2.sdk.auth.Secret;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Date;
import java.util.Objects;
import java.util.function.Supplier;
import relay.core.settings.ProviderSettings;

/** Apple's client secret: a short-lived token that the developer team's key signs with ES256. */
final class AppleSecret implements Supplier<Secret> {
  private static final Duration LIFETIME = Duration.ofMinutes(5);

  private final ProviderSettings.Apple apple;
  private final JWSSigner signer;
  private final InstantSource clock;

  private AppleSecret(ProviderSettings.Apple apple, JWSSigner signer, InstantSource clock) {
    this.apple = apple;
    this.signer = signer;
    this.clock = clock;
  }

  /**
   * @throws IllegalArgumentException if the private key cannot be used; it does not show it
   */
  static AppleSecret of(ProviderSettings.Apple apple, InstantSource clock) {
    try {
      byte[] key = Base64.getDecoder().decode(base64(Objects.requireNonNull(apple.privateKey())));
      ECPrivateKey parsed =
          (ECPrivateKey) KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(key));
      return new AppleSecret(apple, new ECDSASigner(parsed), clock);
    } catch (GeneralSecurityException | JOSEException | RuntimeException _) {
      throw new IllegalArgumentException(
          "relay.signin.providers.apple.private-key = (hidden): expected the text of a .p8 file"
              + " with a P-256 key");
    }
  }

  @Override
  public Secret get() {
    Instant now = clock.instant();
    JWTClaimsSet claims =
        new JWTClaimsSet.Builder()
            .issuer(apple.teamId())
            .subject(apple.clientId())
            .audience(apple.issuer())
            .issueTime(Date.from(now))
            .expirationTime(Date.from(now.plus(LIFETIME)))
            .build();
    SignedJWT token =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(apple.keyId()).build(), claims);
    try {
      token.sign(signer);
    } catch (JOSEException e) {
      throw new IllegalStateException("a P-256 key that does not sign", e);
    }
    return new Secret(token.serialize());
  }

  private static String base64(String pem) {
    return pem.replaceAll("-----[A-Z ]+-----", "").replaceAll("\\\\n|\\s", "");
  }
}
