package relay.http.signin;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.RemoteKeySourceException;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWT;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.openid.connect.sdk.Nonce;
import com.nimbusds.openid.connect.sdk.claims.IDTokenClaimsSet;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import com.nimbusds.openid.connect.sdk.validators.IDTokenValidator;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import relay.http.signin.SigninFailure.Kind;

/** What an issuer publishes of itself: its endpoints and keys, asked for anew every hour. */
final class OidcIssuer {
  private static final long LIFETIME = TimeUnit.HOURS.toNanos(1);
  private static final String DOCUMENT = "/.well-known/openid-configuration";

  /** Only such as need the issuer's private key; never {@code none}, never one with our secret. */
  private static final Set<JWSAlgorithm> ALGORITHMS = algorithms();

  private final OidcClient client;
  private final ProviderCalls calls;
  private final LongSupplier ticker;
  private @Nullable Published published;

  private record Published(
      OIDCProviderMetadata metadata, JWKSource<SecurityContext> keys, long read) {}

  /**
   * @param ticker monotonic nanoseconds
   */
  OidcIssuer(OidcClient client, ProviderCalls calls, LongSupplier ticker) {
    this.client = client;
    this.calls = calls;
    this.ticker = ticker;
  }

  OIDCProviderMetadata metadata() throws SigninFailure {
    return published().metadata();
  }

  /** The claims of a token that the issuer has signed for us and for this attempt. */
  IDTokenClaimsSet verified(JWT idToken, String nonce) throws SigninFailure {
    IDTokenValidator validator =
        new IDTokenValidator(
            client.issuer(),
            client.clientId(),
            new JWSVerificationKeySelector<>(ALGORITHMS, published().keys()),
            null);
    try {
      return validator.validate(idToken, new Nonce(nonce));
    } catch (RemoteKeySourceException _) {
      throw new SigninFailure(Kind.UNAVAILABLE, "the issuer's keys cannot be read");
    } catch (BadJOSEException | JOSEException e) {
      throw new SigninFailure(Kind.REJECTED, "id token: " + e.getClass().getSimpleName());
    }
  }

  /** Those who come while it is being read wait for the one who reads. */
  private synchronized Published published() throws SigninFailure {
    Published known = published;
    if (known != null && ticker.getAsLong() - known.read() < LIFETIME) {
      return known;
    }
    Published read = read();
    published = read;
    return read;
  }

  private Published read() throws SigninFailure {
    try {
      String issuer = client.issuer().getValue();
      URI document = URI.create(issuer.replaceAll("/$", "") + DOCUMENT);
      OIDCProviderMetadata metadata =
          OIDCProviderMetadata.parse(calls.get(document.toURL()).getContent());
      if (!metadata.getIssuer().equals(client.issuer())
          || metadata.getAuthorizationEndpointURI() == null
          || metadata.getTokenEndpointURI() == null
          || metadata.getJWKSetURI() == null) {
        throw new SigninFailure(Kind.UNAVAILABLE, "the issuer's metadata is not of this issuer");
      }
      return new Published(metadata, keys(metadata), ticker.getAsLong());
    } catch (IOException e) {
      throw new SigninFailure(Kind.UNAVAILABLE, "metadata: " + e.getClass().getSimpleName());
    } catch (ParseException _) {
      throw new SigninFailure(Kind.UNAVAILABLE, "the issuer's metadata cannot be understood");
    }
  }

  private JWKSource<SecurityContext> keys(OIDCProviderMetadata metadata)
      throws MalformedURLException {
    return JWKSourceBuilder.create(metadata.getJWKSetURI().toURL(), calls::get)
        .refreshAheadCache(false)
        .build();
  }

  private static Set<JWSAlgorithm> algorithms() {
    Set<JWSAlgorithm> algorithms = new HashSet<>(JWSAlgorithm.Family.RSA);
    algorithms.addAll(Set.of(JWSAlgorithm.ES256, JWSAlgorithm.ES384, JWSAlgorithm.ES512));
    return Set.copyOf(algorithms);
  }
}
