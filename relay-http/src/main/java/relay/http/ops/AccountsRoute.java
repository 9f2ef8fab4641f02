package relay.http.ops;

import static org.apache.pekko.http.javadsl.server.PathMatchers.segment;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.server.AllDirectives;
import org.apache.pekko.http.javadsl.server.Route;
import org.apache.pekko.http.javadsl.unmarshalling.Unmarshaller;
import relay.core.account.AccountId;

/** {@code /relay/accounts}: every call that changes something may carry an Idempotency-Key. */
final class AccountsRoute extends AllDirectives {
  private static final int MAX_BODY_BYTES = 8_192;

  private final AccountOffice office;
  private final Idempotency idempotency;

  AccountsRoute(OpsAccounts accounts) {
    office = new AccountOffice(accounts);
    idempotency = new Idempotency(accounts.facts(), accounts.adminToken(), accounts.clock());
  }

  Route route() {
    return pathPrefix(
        "accounts",
        () ->
            concat(
                pathEndOrSingleSlash(
                    () ->
                        concat(
                            get(() -> parameterMap(it -> answer(() -> office.find(it)))),
                            post(
                                () ->
                                    repeatable(
                                        (body, attempt) ->
                                            office.create(OpsBody.parse(body), attempt))))),
                pathPrefix(segment(), this::account)));
  }

  private Route account(String id) {
    return AccountId.parse(id)
        .map(this::account)
        .orElseGet(() -> complete(OpsAnswer.error(OpsError.UNKNOWN_ACCOUNT)));
  }

  private Route account(AccountId id) {
    return concat(
        pathEnd(
            () ->
                concat(
                    get(() -> answer(() -> office.show(id))),
                    delete(() -> change(_ -> office.delete(id))))),
        path("credentials", () -> post(() -> change(_ -> office.issue(id)))),
        path("restore", () -> post(() -> change(_ -> office.restore(id)))),
        path(
            "subscription",
            () -> put(() -> change(body -> office.subscribe(id, OpsBody.parse(body))))),
        path(
            "quota",
            () ->
                concat(
                    put(() -> change(body -> office.limit(id, OpsBody.parse(body)))),
                    delete(() -> change(_ -> office.unlimit(id))))));
  }

  private Route change(Function<String, CompletionStage<HttpResponse>> call) {
    return repeatable((body, _) -> call.apply(body));
  }

  private Route repeatable(
      BiFunction<String, Optional<String>, CompletionStage<HttpResponse>> call) {
    return withSizeLimit(
        MAX_BODY_BYTES,
        () ->
            entity(
                Unmarshaller.entityToString(),
                body ->
                    extractRequest(
                        request ->
                            answer(
                                () ->
                                    idempotency.once(
                                        request,
                                        body,
                                        attempt -> started(() -> call.apply(body, attempt)))))));
  }

  private Route answer(Supplier<CompletionStage<HttpResponse>> call) {
    return completeWithFuture(OpsAnswer.whenDone(started(call)));
  }

  private static CompletionStage<HttpResponse> started(
      Supplier<CompletionStage<HttpResponse>> call) {
    try {
      return call.get();
    } catch (OpsFailure refused) {
      return CompletableFuture.failedFuture(refused);
    }
  }
}
