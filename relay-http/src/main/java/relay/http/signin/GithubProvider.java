package relay.http.signin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.AuthorizationRequest;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.TokenResponse;
import com.nimbusds.oauth2.sdk.auth.ClientSecretPost;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.oauth2.sdk.token.AccessToken;
import com.nimbusds.openid.connect.sdk.Prompt;
import java.io.IOException;
import java.net.URI;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import relay.core.settings.ProviderSettings;
import relay.http.signin.SigninFailure.Kind;

/** Signs in through GitHub, whose identity is an API call and whose e-mails are another. */
final class GithubProvider implements Provider {
  private static final ObjectReader JSON = new ObjectMapper().reader();
  private static final Scope SCOPE = new Scope("read:user", "user:email");

  private final ProviderSettings.Github github;
  private final ProviderCalls calls;
  private final ClientID clientId;
  private final Secret secret;

  GithubProvider(ProviderSettings.Github github, ProviderCalls calls) {
    this.github = github;
    this.calls = calls;
    clientId = new ClientID(Objects.requireNonNull(github.clientId()));
    secret = new Secret(Objects.requireNonNull(github.clientSecret()));
  }

  @Override
  public String id() {
    return "github";
  }

  @Override
  public String title() {
    return "GitHub";
  }

  @Override
  public URI page(LoginAttempt attempt, URI callback, boolean isPromptWanted) {
    AuthorizationRequest.Builder request =
        new AuthorizationRequest.Builder(ResponseType.CODE, clientId)
            .endpointURI(URI.create(github.address() + "/login/oauth/authorize"))
            .redirectionURI(callback)
            .scope(SCOPE)
            .state(new State(attempt.state()))
            .codeChallenge(new CodeVerifier(attempt.verifier()), CodeChallengeMethod.S256);
    if (isPromptWanted) {
      request.prompt(Prompt.Type.SELECT_ACCOUNT);
    }
    return request.build().toURI();
  }

  @Override
  public Person identify(LoginAttempt attempt, URI callback, ProviderAnswer answer)
      throws SigninFailure {
    String code = answer.code();
    try {
      AccessToken token =
          token(
              new AuthorizationCodeGrant(
                  new AuthorizationCode(code), callback, new CodeVerifier(attempt.verifier())));
      JsonNode user = read("/user", token);
      if (!user.path("id").isIntegralNumber()) {
        throw new SigninFailure(Kind.REJECTED, "a user without id");
      }
      String name = text(user.path("name"));
      return new Person(
          id(),
          user.path("id").asText(),
          email(token).orElse(null),
          name == null ? text(user.path("login")) : name,
          text(user.path("avatar_url")));
    } catch (IOException e) {
      throw new SigninFailure(Kind.UNAVAILABLE, "GitHub: " + e.getClass().getSimpleName());
    } catch (ParseException | IllegalArgumentException _) {
      throw new SigninFailure(Kind.REJECTED, "an answer that cannot be understood");
    }
  }

  private AccessToken token(AuthorizationCodeGrant grant)
      throws SigninFailure, IOException, ParseException {
    HTTPRequest request =
        new TokenRequest.Builder(
                URI.create(github.address() + "/login/oauth/access_token"),
                new ClientSecretPost(clientId, secret),
                grant)
            .build()
            .toHTTPRequest();
    // Otherwise the answer is a form.
    request.setAccept("application/json");
    HTTPResponse answer = calls.send(request);
    TokenResponse response = TokenResponse.parse(answer);
    if (!response.indicatesSuccess()) {
      throw new SigninFailure(Kind.REJECTED, "the code was refused");
    }
    return response.toSuccessResponse().getTokens().getAccessToken();
  }

  /** The primary address, if GitHub has verified it. */
  private Optional<String> email(AccessToken token) throws SigninFailure, IOException {
    for (JsonNode each : read("/user/emails", token)) {
      if (each.path("primary").asBoolean() && each.path("verified").asBoolean()) {
        return Optional.ofNullable(text(each.path("email")));
      }
    }
    return Optional.empty();
  }

  private JsonNode read(String path, AccessToken token) throws SigninFailure, IOException {
    HTTPRequest request = new HTTPRequest(HTTPRequest.Method.GET, URI.create(github.api() + path));
    request.setAuthorization(token.toAuthorizationHeader());
    request.setAccept("application/vnd.github+json");
    HTTPResponse answer = calls.send(request);
    if (answer.getStatusCode() != HTTPResponse.SC_OK) {
      throw new SigninFailure(Kind.REJECTED, "status " + answer.getStatusCode() + " of the API");
    }
    try {
      return JSON.readTree(answer.getBody());
    } catch (JsonProcessingException _) {
      throw new SigninFailure(Kind.REJECTED, "an answer that is not JSON");
    }
  }

  private static @Nullable String text(JsonNode node) {
    return node.isTextual() ? node.textValue() : null;
  }
}
