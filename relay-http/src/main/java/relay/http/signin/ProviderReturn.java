package relay.http.signin;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import relay.core.account.AccountId;
import relay.core.account.Identity;
import relay.core.account.PersonalDetails;
import relay.core.limits.Limit;
import relay.core.limits.LimitDecision;
import relay.http.access.AccountDesk.Found;
import relay.http.signin.OneTimeCodes.Purpose;
import relay.http.signin.SigninMeters.Failure;

/** {@code /auth/callback/…}: the browser comes back from a provider (TermOnMac 1.3, 7.6, 7.7). */
final class ProviderReturn {
  private final SigninPorts ports;
  private final SigninWork work;
  private final PublicAddress address;
  private final SigninLog log;

  ProviderReturn(SigninPorts ports, SigninWork work, PublicAddress address) {
    this.ports = ports;
    this.work = work;
    this.address = address;
    this.log = new SigninLog(ports.meters());
  }

  /** Fails only with a fault of ours. */
  CompletionStage<HttpResponse> finish(
      HttpRequest request, String providerId, Optional<Map<String, String>> fields) {
    Optional<ProviderAnswer> answer = fields.map(ProviderAnswer::new);
    Optional<Provider> provider = ports.providers().find(providerId);
    Optional<String> base = address.of(request);
    Optional<LoginAttempt> attempt =
        answer
            .flatMap(it -> AttemptCookie.find(request, it.state()))
            .filter(it -> it.isAnsweredBy(providerId, answer.orElseThrow().state()))
            .filter(this::isRecent);
    if (provider.isEmpty() || base.isEmpty() || attempt.isEmpty()) {
      ports.meters().failed(providerId, Failure.UNKNOWN_ATTEMPT);
      return CompletableFuture.completedFuture(Pages.unknownAttempt());
    }
    LoginAttempt begun = attempt.get();
    URI callback = PublicAddress.callback(base.get(), providerId);
    return work.submit(() -> provider.get().identify(begun, callback, answer.orElseThrow()))
        .thenCompose(person -> admit(person, begun.back(), base.get()))
        .exceptionally(
            failure ->
                log.failed(
                    providerId,
                    failure,
                    base.get() + "/auth/web-login?" + Pages.query(begun.back(), false)))
        .thenApply(response -> response.addHeader(AttemptCookie.clear(begun, base.get())));
  }

  private boolean isRecent(LoginAttempt attempt) {
    Duration age =
        Duration.between(Instant.ofEpochSecond(attempt.begun()), ports.clock().instant());
    return age.compareTo(ports.settings().loginTimeout()) <= 0;
  }

  private CompletionStage<HttpResponse> admit(Person person, ReturnAddress back, String base) {
    return ports
        .accounts()
        .findOrCreate(
            new Identity(person.provider(), person.subject()),
            new PersonalDetails(person.email(), person.name(), person.avatarUrl()))
        .thenCompose(found -> admit(person.provider(), found, back, base));
  }

  private CompletionStage<HttpResponse> admit(
      String provider, Found found, ReturnAddress back, String base) {
    if (ports.limits().take(Limit.LOGINS_OF_ACCOUNT, found.account().value())
        instanceof LimitDecision.Denied(var retryAfter)) {
      ports.meters().failed(provider, Failure.RATE_LIMITED);
      return CompletableFuture.completedFuture(Pages.tooOften(retryAfter));
    }
    CompletionStage<HttpResponse> admitted =
        found.deletedAt() == null
            ? sendBack(found.account(), back)
            : askWhetherToKeep(found.account(), back, base);
    return admitted.thenApply(
        response -> {
          ports.meters().succeeded(provider);
          return response;
        });
  }

  /** The bonus is tried again at the next sign-in, so its failure is no reason to fail this one. */
  CompletionStage<HttpResponse> sendBack(AccountId account, ReturnAddress back) {
    return ports
        .welcome()
        .apply(account)
        .handle((_, _) -> account)
        .thenCompose(it -> ports.codes().mint(Purpose.EXCHANGE, it))
        .thenApply(code -> Page.redirect(back.with(code)));
  }

  private CompletionStage<HttpResponse> askWhetherToKeep(
      AccountId account, ReturnAddress back, String base) {
    return ports
        .accounts()
        .describe(account)
        .thenCombine(
            ports.codes().mint(Purpose.RESTORE, account),
            (described, code) ->
                described
                    .flatMap(it -> Optional.ofNullable(it.erasedAfter()))
                    .map(at -> Pages.pendingDeletion(at, base + "/auth/restore", back, code))
                    .orElseGet(Pages::notKept));
  }

  /** {@code POST /auth/restore}: the person keeps the account and signs in. */
  CompletionStage<HttpResponse> keep(Optional<Map<String, String>> fields) {
    Map<String, String> form = fields.orElse(Map.of());
    Optional<ReturnAddress> back =
        ReturnAddress.of(form.getOrDefault("port", ""), form.getOrDefault("state", ""));
    if (back.isEmpty()) {
      return CompletableFuture.completedFuture(Pages.incomplete());
    }
    return ports
        .codes()
        .take(Purpose.RESTORE, form.getOrDefault("code", ""))
        .thenCompose(
            account ->
                account.isEmpty()
                    ? CompletableFuture.completedFuture(Pages.notKept())
                    : restore(account.get(), back.get()));
  }

  private CompletionStage<HttpResponse> restore(AccountId account, ReturnAddress back) {
    return ports
        .accounts()
        .restore(account)
        .thenCompose(
            restored ->
                restored.filter(it -> it.deletedAt() == null).isPresent()
                    ? sendBack(account, back)
                    : CompletableFuture.completedFuture(Pages.notKept()));
  }
}
