package relay.http.signin;

import static org.apache.pekko.http.javadsl.server.Directives.complete;
import static org.apache.pekko.http.javadsl.server.Directives.completeWithFuture;
import static org.apache.pekko.http.javadsl.server.Directives.concat;
import static org.apache.pekko.http.javadsl.server.Directives.extractRequest;
import static org.apache.pekko.http.javadsl.server.Directives.get;
import static org.apache.pekko.http.javadsl.server.Directives.path;
import static org.apache.pekko.http.javadsl.server.Directives.pathPrefix;
import static org.apache.pekko.http.javadsl.server.Directives.post;
import static org.apache.pekko.http.javadsl.server.PathMatchers.segment;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.server.Route;
import relay.core.limits.Limit;
import relay.core.limits.LimitDecision;
import relay.http.access.StrictBody;
import relay.http.signin.SigninMeters.Failure;

/** What a browser meets while somebody signs in; every step is limited by address. */
public final class SigninRoutes implements AutoCloseable {
  /** In the place of a provider where none is concerned yet. */
  private static final String RELAY = "relay";

  private final SigninPorts ports;
  private final SigninWork work;
  private final SigninLog log;
  private final WebLogin login;
  private final ProviderReturn back;

  public SigninRoutes(SigninPorts ports) {
    this.ports = ports;
    log = new SigninLog(ports.meters());
    work = new SigninWork(ports.settings().maxInFlight());
    PublicAddress address = new PublicAddress(ports.settings().publicUrl());
    login = new WebLogin(ports, work, address);
    back = new ProviderReturn(ports, work, address);
  }

  public Route route() {
    return pathPrefix(
        "auth",
        () ->
            concat(
                path("web-login", () -> get(() -> step(login::begin))),
                path(
                    segment("callback").slash(segment()),
                    provider ->
                        concat(
                            get(() -> step(request -> byQuery(request, provider))),
                            post(() -> step(request -> byForm(request, provider))))),
                path("restore", () -> post(() -> step(this::keep)))));
  }

  @Override
  public void close() {
    work.close();
    ports.providers().close();
  }

  private CompletionStage<HttpResponse> byQuery(HttpRequest request, String provider) {
    String query = request.getUri().rawQueryString().orElse("");
    return back.finish(request, provider, FormFields.parse(query));
  }

  /** Apple's way. */
  private CompletionStage<HttpResponse> byForm(HttpRequest request, String provider) {
    return back.finish(request, provider, FormFields.parse(StrictBody.text(request)));
  }

  private CompletionStage<HttpResponse> keep(HttpRequest request) {
    return back.keep(FormFields.parse(StrictBody.text(request)));
  }

  private HttpResponse tooOften(Duration retryAfter) {
    ports.meters().failed(RELAY, Failure.RATE_LIMITED);
    return Pages.tooOften(retryAfter);
  }

  private Route step(Function<HttpRequest, CompletionStage<HttpResponse>> answer) {
    return extractRequest(
        request ->
            ports.limits().takeOfAddress(Limit.LOGINS_OF_ADDRESS, request)
                    instanceof LimitDecision.Denied(var retryAfter)
                ? complete(tooOften(retryAfter))
                : completeWithFuture(
                    answer
                        .apply(request)
                        .exceptionally(failure -> log.failed(RELAY, failure, ""))));
  }
}
