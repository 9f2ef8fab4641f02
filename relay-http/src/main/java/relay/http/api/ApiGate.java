package relay.http.api;

import static org.apache.pekko.http.javadsl.server.Directives.complete;
import static org.apache.pekko.http.javadsl.server.Directives.completeWithFuture;
import static org.apache.pekko.http.javadsl.server.Directives.extractRequest;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.server.Route;
import relay.core.limits.Limit;
import relay.core.limits.LimitDecision;
import relay.http.access.Authentication;
import relay.http.access.Authentication.Accepted;
import relay.http.access.Authenticator;
import relay.http.access.SandboxKey;
import relay.http.throttle.RequestLimits;

/**
 * What a call passes before it is carried out: the sandbox key, the API key, the limits. An address
 * from which too many wrong keys came is refused before its key costs anything.
 */
public final class ApiGate {
  private static final String SCHEME = "bearer ";

  private final Authenticator authenticator;
  private final RequestLimits limits;
  private final SandboxKey sandboxKey;

  public ApiGate(Authenticator authenticator, RequestLimits limits, SandboxKey sandboxKey) {
    this.authenticator = authenticator;
    this.limits = limits;
    this.sandboxKey = sandboxKey;
  }

  /** A call that clients send the sandbox key with (TermOnMac 1.1). */
  public Route sandboxed(Supplier<Route> inner) {
    return extractRequest(
        request ->
            sandboxKey.letsIn(request)
                ? inner.get()
                : complete(ApiAnswer.error(ApiError.SANDBOX_KEY_INVALID)));
  }

  /** A call by the holder of an API key, charged to the account. */
  public Route authenticated(Limit limit, Function<Accepted, CompletionStage<HttpResponse>> call) {
    return extractRequest(
        request ->
            limits.lookAtAddress(Limit.UNAUTHORIZED, request)
                    instanceof LimitDecision.Denied(var retryAfter)
                ? complete(ApiAnswer.limited(retryAfter))
                : completeWithFuture(
                    ApiAnswer.whenDone(
                        authenticator
                            .authenticate(bearer(request).orElse(null))
                            .thenCompose(it -> decide(it, request, limit, call)))));
  }

  /** A call by whoever has not shown who they are, charged to their address. */
  public Route limited(Limit limit, Function<HttpRequest, CompletionStage<HttpResponse>> call) {
    return extractRequest(
        request ->
            limits.takeOfAddress(limit, request) instanceof LimitDecision.Denied(var retryAfter)
                ? complete(ApiAnswer.limited(retryAfter))
                : completeWithFuture(ApiAnswer.whenDone(call.apply(request))));
  }

  RequestLimits limits() {
    return limits;
  }

  /** What follows {@code Bearer} in the request. */
  static Optional<String> bearer(HttpRequest request) {
    return request
        .getHeader("Authorization")
        .map(HttpHeader::value)
        .filter(value -> value.regionMatches(true, 0, SCHEME, 0, SCHEME.length()))
        .map(value -> value.substring(SCHEME.length()).strip());
  }

  private CompletionStage<HttpResponse> decide(
      Authentication authentication,
      HttpRequest request,
      Limit limit,
      Function<Accepted, CompletionStage<HttpResponse>> call) {
    return switch (authentication) {
      case Authentication.Refused _ -> {
        limits.takeOfAddress(Limit.UNAUTHORIZED, request);
        yield CompletableFuture.completedFuture(ApiAnswer.error(ApiError.UNAUTHORIZED));
      }
      case Accepted accepted ->
          limits.take(limit, accepted.account().value())
                  instanceof LimitDecision.Denied(var retryAfter)
              ? CompletableFuture.completedFuture(ApiAnswer.limited(retryAfter))
              : call.apply(accepted);
    };
  }
}
