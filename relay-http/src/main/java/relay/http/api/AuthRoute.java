package relay.http.api;

import static org.apache.pekko.http.javadsl.server.Directives.concat;
import static org.apache.pekko.http.javadsl.server.Directives.extractRequest;
import static org.apache.pekko.http.javadsl.server.Directives.path;
import static org.apache.pekko.http.javadsl.server.Directives.pathPrefix;
import static org.apache.pekko.http.javadsl.server.Directives.post;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.server.Route;
import org.jspecify.annotations.Nullable;
import relay.core.account.AccountId;
import relay.core.account.PersonalDetails;
import relay.core.account.RefreshToken;
import relay.core.limits.Limit;
import relay.core.limits.LimitDecision;
import relay.http.access.AccountDesk;
import relay.http.access.Credentials;
import relay.http.access.IssuedCredentials;
import relay.http.access.Refreshing;
import relay.http.access.StrictBody;
import relay.http.signin.OneTimeCodes;
import relay.http.signin.OneTimeCodes.Purpose;

/** How clients get, renew and give back credentials (TermOnMac 1.4 to 1.6). */
public final class AuthRoute {
  /** A family that was rotated too often can be again when its rotation grace is over. */
  private static final Duration ROTATION_GRACE = Duration.ofMinutes(5);

  private final ApiGate gate;
  private final OneTimeCodes codes;
  private final Credentials credentials;
  private final AccountDesk accounts;

  private record Signed(
      String apiKey, String refreshToken, @Nullable String name, @Nullable String email) {}

  private record Revoked(boolean revoked) {}

  public AuthRoute(
      ApiGate gate, OneTimeCodes codes, Credentials credentials, AccountDesk accounts) {
    this.gate = gate;
    this.codes = codes;
    this.credentials = credentials;
    this.accounts = accounts;
  }

  public Route route() {
    return pathPrefix(
        "auth",
        () ->
            concat(
                path(
                    "exchange",
                    () ->
                        post(
                            () ->
                                gate.sandboxed(
                                    () -> gate.limited(Limit.EXCHANGES, this::exchange)))),
                path(
                    "refresh",
                    () ->
                        post(
                            () ->
                                gate.sandboxed(
                                    () ->
                                        gate.limited(Limit.REFRESHES_OF_ADDRESS, this::refresh)))),
                path("revoke", () -> post(() -> extractRequest(this::revoke)))));
  }

  private CompletionStage<HttpResponse> exchange(HttpRequest request) {
    Optional<String> code =
        JsonFields.parse(StrictBody.text(request)).flatMap(it -> it.text("code"));
    if (code.isEmpty()) {
      return error(ApiError.BAD_REQUEST);
    }
    return codes
        .take(Purpose.EXCHANGE, code.get())
        .thenCompose(
            account -> account.isEmpty() ? error(ApiError.CODE_INVALID) : issue(account.get()));
  }

  private CompletionStage<HttpResponse> issue(AccountId account) {
    return credentials
        .issue(account)
        .thenCombine(
            accounts.describe(account),
            (issued, described) ->
                issued
                    .map(
                        it ->
                            signed(
                                it,
                                described
                                    .map(known -> known.profile().details())
                                    .orElse(PersonalDetails.NONE)))
                    .orElseGet(() -> ApiAnswer.error(ApiError.CODE_INVALID)));
  }

  private static HttpResponse signed(IssuedCredentials issued, PersonalDetails details) {
    return ApiAnswer.ok(
        new Signed(
            issued.apiKey().text(), issued.refreshToken().text(), details.name(), details.email()));
  }

  private CompletionStage<HttpResponse> refresh(HttpRequest request) {
    Optional<String> text =
        JsonFields.parse(StrictBody.text(request)).flatMap(it -> it.text("refresh_token"));
    if (text.isEmpty()) {
      return error(ApiError.BAD_REQUEST);
    }
    Optional<RefreshToken> token = RefreshToken.parse(text.get());
    if (token.isEmpty()) {
      return error(ApiError.REFRESH_TOKEN_INVALID);
    }
    return gate.limits().take(Limit.REFRESHES_OF_TOKEN, token.get().hash().value())
            instanceof LimitDecision.Denied(var retryAfter)
        ? CompletableFuture.completedFuture(ApiAnswer.limited(retryAfter))
        : credentials.refresh(text.get()).thenApply(AuthRoute::refreshed);
  }

  private static HttpResponse refreshed(Refreshing refreshing) {
    return switch (refreshing) {
      case Refreshing.Refreshed(var json) -> ApiAnswer.json(200, json);
      case Refreshing.Invalid _ -> ApiAnswer.error(ApiError.REFRESH_TOKEN_INVALID);
      case Refreshing.TooOften _ -> ApiAnswer.limited(ROTATION_GRACE);
    };
  }

  private Route revoke(HttpRequest request) {
    String key = ApiGate.bearer(request).orElse("");
    return gate.authenticated(
        Limit.WRITES,
        _ ->
            credentials
                .revoke(key)
                .thenApply(
                    isRevoked ->
                        isRevoked
                            ? ApiAnswer.ok(new Revoked(true))
                            : ApiAnswer.error(ApiError.UNAUTHORIZED)));
  }

  private static CompletionStage<HttpResponse> error(ApiError error) {
    return CompletableFuture.completedFuture(ApiAnswer.error(error));
  }
}
