package relay.http.signin;

import com.nimbusds.jwt.JWT;
import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.ResponseMode;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.TokenResponse;
import com.nimbusds.oauth2.sdk.auth.ClientAuthentication;
import com.nimbusds.oauth2.sdk.auth.ClientAuthenticationMethod;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.ClientSecretPost;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.oauth2.sdk.token.AccessToken;
import com.nimbusds.openid.connect.sdk.AuthenticationRequest;
import com.nimbusds.openid.connect.sdk.Nonce;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponse;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponseParser;
import com.nimbusds.openid.connect.sdk.Prompt;
import com.nimbusds.openid.connect.sdk.UserInfoRequest;
import com.nimbusds.openid.connect.sdk.UserInfoResponse;
import com.nimbusds.openid.connect.sdk.claims.ClaimsSet;
import com.nimbusds.openid.connect.sdk.claims.IDTokenClaimsSet;
import com.nimbusds.openid.connect.sdk.claims.UserInfo;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import relay.http.signin.SigninFailure.Kind;

/**
 * Signs in through an OpenID Connect issuer: authorization code, PKCE, nonce, verified id token.
 */
final class OidcProvider implements Provider {
  private final OidcClient client;
  private final OidcIssuer issuer;
  private final ProviderCalls calls;

  OidcProvider(OidcClient client, OidcIssuer issuer, ProviderCalls calls) {
    this.client = client;
    this.issuer = issuer;
    this.calls = calls;
  }

  @Override
  public String id() {
    return client.id();
  }

  @Override
  public String title() {
    return client.title();
  }

  @Override
  public boolean answersByForm() {
    return client.habits().answersByForm();
  }

  @Override
  public URI page(LoginAttempt attempt, URI callback, boolean isPromptWanted) throws SigninFailure {
    AuthenticationRequest.Builder request =
        new AuthenticationRequest.Builder(
                ResponseType.CODE, client.habits().scope(), client.clientId(), callback)
            .endpointURI(issuer.metadata().getAuthorizationEndpointURI())
            .state(new State(attempt.state()))
            .nonce(new Nonce(attempt.nonce()))
            .codeChallenge(new CodeVerifier(attempt.verifier()), CodeChallengeMethod.S256);
    Prompt.Type prompt = client.habits().prompt();
    if (isPromptWanted && prompt != null) {
      request.prompt(prompt);
    }
    if (answersByForm()) {
      request.responseMode(ResponseMode.FORM_POST);
    }
    return request.build().toURI();
  }

  @Override
  public Person identify(LoginAttempt attempt, URI callback, ProviderAnswer answer)
      throws SigninFailure {
    String code = answer.code();
    // RFC 9207: a code of another issuer, mixed up by whoever sent the browser here.
    if (answer.get("iss").filter(it -> !it.equals(client.issuer().getValue())).isPresent()) {
      throw new SigninFailure(Kind.REJECTED, "the answer is of another issuer");
    }
    try {
      OIDCTokenResponse tokens =
          tokens(
              new AuthorizationCodeGrant(
                  new AuthorizationCode(code), callback, new CodeVerifier(attempt.verifier())));
      JWT idToken = tokens.getOIDCTokens().getIDToken();
      if (idToken == null) {
        throw new SigninFailure(Kind.REJECTED, "no id token");
      }
      IDTokenClaimsSet claims = issuer.verified(idToken, attempt.nonce());
      return person(claims, tokens.getOIDCTokens().getAccessToken(), answer);
    } catch (IOException e) {
      throw new SigninFailure(Kind.UNAVAILABLE, "tokens: " + e.getClass().getSimpleName());
    } catch (ParseException | IllegalArgumentException _) {
      throw new SigninFailure(Kind.REJECTED, "an answer that cannot be understood");
    }
  }

  private OIDCTokenResponse tokens(AuthorizationCodeGrant grant)
      throws SigninFailure, IOException, ParseException {
    TokenRequest request =
        new TokenRequest.Builder(issuer.metadata().getTokenEndpointURI(), authentication(), grant)
            .build();
    TokenResponse response = OIDCTokenResponseParser.parse(calls.send(request.toHTTPRequest()));
    if (!response.indicatesSuccess()) {
      throw new SigninFailure(Kind.REJECTED, "the code was refused");
    }
    return (OIDCTokenResponse) response.toSuccessResponse();
  }

  private ClientAuthentication authentication() throws SigninFailure {
    Secret secret = client.secret().get();
    List<ClientAuthenticationMethod> methods = issuer.metadata().getTokenEndpointAuthMethods();
    // Basic is what is meant where nothing is said (OpenID Connect Discovery 3).
    return methods == null || methods.contains(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
        ? new ClientSecretBasic(client.clientId(), secret)
        : new ClientSecretPost(client.clientId(), secret);
  }

  private Person person(
      IDTokenClaimsSet claims, @Nullable AccessToken access, ProviderAnswer answer)
      throws SigninFailure, IOException, ParseException {
    String subject = claims.getSubject().getValue();
    Optional<String> email = verifiedEmail(claims);
    Optional<String> name = Optional.ofNullable(claims.getStringClaim("name"));
    String picture = claims.getStringClaim("picture");
    if (name.isEmpty() && answersByForm()) {
      name = answer.get("user").flatMap(AppleName::of);
    }
    OIDCProviderMetadata metadata = issuer.metadata();
    if (email.isEmpty() && access != null && metadata.getUserInfoEndpointURI() != null) {
      UserInfo more = userInfo(metadata.getUserInfoEndpointURI(), access);
      if (!more.getSubject().equals(claims.getSubject())) {
        throw new SigninFailure(Kind.REJECTED, "user info of somebody else");
      }
      email = verifiedEmail(more);
      name = name.or(() -> Optional.ofNullable(more.getName()));
    }
    return new Person(id(), subject, email.orElse(null), name.orElse(null), picture);
  }

  private UserInfo userInfo(URI endpoint, AccessToken access)
      throws SigninFailure, IOException, ParseException {
    UserInfoResponse response =
        UserInfoResponse.parse(calls.send(new UserInfoRequest(endpoint, access).toHTTPRequest()));
    if (!response.indicatesSuccess() || response.toSuccessResponse().getUserInfo() == null) {
      throw new SigninFailure(Kind.REJECTED, "no user info");
    }
    return response.toSuccessResponse().getUserInfo();
  }

  /** Apple writes the flag as text. */
  private static Optional<String> verifiedEmail(ClaimsSet claims) {
    Object flag = claims.getClaim("email_verified");
    return Boolean.TRUE.equals(flag) || "true".equals(flag)
        ? Optional.ofNullable(claims.getStringClaim("email"))
        : Optional.empty();
  }
}
