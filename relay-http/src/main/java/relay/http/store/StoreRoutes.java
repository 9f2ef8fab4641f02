package relay.http.store;

import static org.apache.pekko.http.javadsl.server.Directives.complete;
import static org.apache.pekko.http.javadsl.server.Directives.concat;
import static org.apache.pekko.http.javadsl.server.Directives.extractRequest;
import static org.apache.pekko.http.javadsl.server.Directives.get;
import static org.apache.pekko.http.javadsl.server.Directives.path;
import static org.apache.pekko.http.javadsl.server.Directives.post;
import static org.apache.pekko.http.javadsl.server.PathMatchers.segment;

import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.server.Route;
import relay.core.account.AccountId;
import relay.core.limits.Limit;
import relay.core.subscription.StoreOutcome;
import relay.core.subscription.entity.SubscriptionCommand;
import relay.core.subscription.entity.SubscriptionDescription;
import relay.core.subscription.entity.Subscriptions;
import relay.http.access.StrictBody;
import relay.http.api.ApiAnswer;
import relay.http.api.ApiError;
import relay.http.api.ApiGate;
import relay.http.api.JsonFields;

/**
 * {@code /api/subscription}: what an account may use, and a purchase it shows; {@code
 * /webhooks/apple}: what the App Store notifies (TermOnMac 5.3, 5.4).
 */
public final class StoreRoutes {
  private final ApiGate gate;
  private final Subscriptions subscriptions;
  private final Optional<StoreDesk> desk;

  private record Notified(boolean handled, String detail) {}

  /**
   * @param desk empty where nothing is sold: the calls that need it are then unknown
   */
  public StoreRoutes(ApiGate gate, Subscriptions subscriptions, Optional<StoreDesk> desk) {
    this.gate = gate;
    this.subscriptions = subscriptions;
    this.desk = desk;
  }

  public Route route() {
    return concat(
        path(segment("api").slash("subscription"), () -> concat(get(this::show), post(this::buy))),
        path(segment("webhooks").slash("apple"), () -> post(this::notified)));
  }

  private Route show() {
    return gate.authenticated(
        Limit.READS,
        caller ->
            subscriptions
                .<SubscriptionDescription>ask(caller.account(), SubscriptionCommand.Describe::new)
                .thenApply(it -> ApiAnswer.ok(SubscriptionBody.of(caller.account(), it))));
  }

  private Route buy() {
    return desk.<Route>map(
            open ->
                extractRequest(
                    request ->
                        gate.authenticated(
                            Limit.WRITES,
                            caller ->
                                withSigned(
                                    request,
                                    "signed_transaction",
                                    signed ->
                                        open.show(caller.account(), signed)
                                            .thenApply(it -> shown(caller.account(), it))))))
        .orElseGet(StoreRoutes::unknown);
  }

  private Route notified() {
    return desk.<Route>map(
            open ->
                gate.limited(
                    Limit.STORE_NOTIFICATIONS,
                    request ->
                        withSigned(
                            request,
                            "signedPayload",
                            signed -> open.hear(signed).thenApply(StoreRoutes::heard))))
        .orElseGet(StoreRoutes::unknown);
  }

  private static CompletionStage<HttpResponse> withSigned(
      HttpRequest request, String field, Function<String, CompletionStage<HttpResponse>> then) {
    return JsonFields.parse(StrictBody.text(request))
        .flatMap(it -> it.text(field))
        .map(then)
        .orElseGet(() -> CompletableFuture.completedFuture(ApiAnswer.error(ApiError.BAD_REQUEST)));
  }

  /** Whoever gets no 2xx notifies again, so that only what may be handled later gets none. */
  private static HttpResponse heard(StoreAnswer answer) {
    return answer instanceof StoreAnswer.Handled(var outcome, _)
            && outcome != StoreOutcome.UNKNOWN_PRODUCT
        ? ApiAnswer.ok(new Notified(true, word(outcome)))
        : ApiAnswer.error(error(answer));
  }

  private static HttpResponse shown(AccountId account, StoreAnswer answer) {
    return answer instanceof StoreAnswer.Handled(var outcome, var subscription)
            && outcome != StoreOutcome.UNKNOWN_PRODUCT
            && subscription != null
        ? ApiAnswer.ok(SubscriptionBody.of(account, subscription))
        : ApiAnswer.error(error(answer));
  }

  private static ApiError error(StoreAnswer answer) {
    return switch (answer) {
      case StoreAnswer.Handled _ -> ApiError.PRODUCT_UNKNOWN;
      case StoreAnswer.Refused _ -> ApiError.SIGNATURE_INVALID;
      case StoreAnswer.UnknownAccount _ -> ApiError.PURCHASE_UNCLAIMED;
      case StoreAnswer.OfAnotherAccount _ -> ApiError.PURCHASE_OF_ANOTHER_ACCOUNT;
      case StoreAnswer.Unavailable _ -> ApiError.UNAVAILABLE;
    };
  }

  private static String word(StoreOutcome outcome) {
    return outcome.name().toLowerCase(Locale.ROOT);
  }

  private static Route unknown() {
    return complete(ApiAnswer.error(ApiError.NOT_FOUND));
  }
}
