package relay.http.signin;

import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.jspecify.annotations.Nullable;

/** {@code /auth/web-login}: sends the browser to a provider (TermOnMac 1.3). */
final class WebLogin {
  private final SigninPorts ports;
  private final SigninWork work;
  private final PublicAddress address;
  private final SigninLog log;

  WebLogin(SigninPorts ports, SigninWork work, PublicAddress address) {
    this.ports = ports;
    this.work = work;
    this.address = address;
    this.log = new SigninLog(ports.meters());
  }

  /** Fails only with a fault of ours. */
  CompletionStage<HttpResponse> begin(HttpRequest request) {
    if (ports.providers().all().isEmpty()) {
      return done(Pages.withoutProviders());
    }
    Optional<Map<String, String>> query =
        FormFields.parse(request.getUri().rawQueryString().orElse(""));
    Optional<ReturnAddress> back =
        query.flatMap(
            it -> ReturnAddress.of(it.getOrDefault("port", ""), it.getOrDefault("state", "")));
    Optional<String> base = address.of(request);
    if (query.isEmpty() || back.isEmpty() || base.isEmpty()) {
      return done(Pages.incomplete());
    }
    boolean prompt = "1".equals(query.get().get("reauth"));
    Optional<Provider> provider = chosen(query.get().get("provider"));
    return provider.isEmpty()
        ? done(Pages.choice(ports.providers().all(), back.get(), prompt))
        : send(provider.get(), back.get(), base.get(), prompt);
  }

  /** The wanted one if it is configured, else the only one. */
  private Optional<Provider> chosen(@Nullable String wanted) {
    if (wanted != null) {
      return ports.providers().find(wanted);
    }
    return ports.providers().all().size() == 1
        ? ports.providers().all().stream().findFirst()
        : Optional.empty();
  }

  private CompletionStage<HttpResponse> send(
      Provider provider, ReturnAddress back, String base, boolean prompt) {
    LoginAttempt attempt =
        LoginAttempt.begin(provider.id(), back, ports.random(), ports.clock().instant());
    URI callback = PublicAddress.callback(base, provider.id());
    return work.submit(() -> provider.page(attempt, callback, prompt))
        .thenApply(
            page -> {
              ports.meters().started(provider.id());
              return Page.redirect(page.toString())
                  .addHeader(
                      AttemptCookie.set(
                          attempt,
                          base,
                          ports.settings().loginTimeout(),
                          provider.answersByForm()));
            })
        .exceptionally(
            failure -> log.failed(provider.id(), failure, "?" + Pages.query(back, prompt)));
  }

  private static CompletionStage<HttpResponse> done(HttpResponse response) {
    return CompletableFuture.completedFuture(response);
  }
}
