package relay.http.ops;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.jspecify.annotations.Nullable;
import relay.core.account.AccountAnswer.Described;
import relay.core.account.AccountId;
import relay.core.account.PersonalDetails;
import relay.core.subscription.Tier;
import relay.core.subscription.entity.SubscriptionCommand;
import relay.core.subscription.entity.SubscriptionDescription;

/** Makes, shows, changes and ends accounts for operators. */
final class AccountOffice {
  private static final int ID_LENGTH = 32;

  private final OpsAccounts accounts;

  AccountOffice(OpsAccounts accounts) {
    this.accounts = accounts;
  }

  /**
   * Each step finds what an earlier attempt has done of it, but the credentials: those that were
   * made and never shown stay unused.
   *
   * @param attempt a hash of the call, if it may be repeated
   */
  CompletionStage<HttpResponse> create(OpsBody body, Optional<String> attempt) {
    String email =
        body.text("email")
            .map(String::strip)
            .filter(PersonalDetails::isEmail)
            .orElseThrow(() -> new OpsFailure(OpsError.BAD_REQUEST));
    Optional<Tier> tier = body.text("tier").map(AccountOffice::tier);
    PersonalDetails details = new PersonalDetails(email, body.text("name").orElse(null), null);
    return known(
            attempt
                .map(it -> accounts.desk().create(details, id(it)))
                .orElseGet(() -> accounts.desk().create(details)))
        .thenCompose(
            found -> {
              AccountId account =
                  found.orElseThrow(() -> new OpsFailure(OpsError.ACCOUNT_EXISTS)).account();
              return welcome(account)
                  .thenCompose(it -> tier.isPresent() ? grant(account, tier.get(), null) : done(it))
                  .thenCompose(_ -> issue(account));
            });
  }

  CompletionStage<HttpResponse> find(Map<String, String> parameters) {
    String email =
        Optional.ofNullable(parameters.get("email"))
            .orElseThrow(() -> new OpsFailure(OpsError.BAD_REQUEST));
    return known(accounts.desk().find(email))
        .thenCompose(
            found ->
                found
                    .map(this::show)
                    .orElseGet(() -> done(OpsAnswer.error(OpsError.UNKNOWN_ACCOUNT))));
  }

  CompletionStage<HttpResponse> show(AccountId account) {
    return known(accounts.desk().describe(account))
        .thenCombine(
            ask(account, SubscriptionCommand.Describe::new),
            (found, has) ->
                found
                    .map(it -> OpsAnswer.json(200, AccountViews.Account.of(account, it, has)))
                    .orElseGet(() -> OpsAnswer.error(OpsError.UNKNOWN_ACCOUNT)));
  }

  /** Further credentials, for another Mac or in place of lost ones. */
  CompletionStage<HttpResponse> issue(AccountId account) {
    return known(accounts.credentials().issue(account))
        .thenApply(
            issued ->
                issued
                    .map(it -> OpsAnswer.json(201, AccountViews.Issued.of(account, it)))
                    .orElseGet(() -> OpsAnswer.error(OpsError.UNKNOWN_ACCOUNT)));
  }

  CompletionStage<HttpResponse> subscribe(AccountId account, OpsBody body) {
    Tier tier =
        body.text("tier")
            .map(AccountOffice::tier)
            .orElseThrow(() -> new OpsFailure(OpsError.BAD_REQUEST));
    Instant expires = body.whole("expires_at").map(Instant::ofEpochMilli).orElse(null);
    return ofExisting(account, () -> grant(account, tier, expires));
  }

  CompletionStage<HttpResponse> limit(AccountId account, OpsBody body) {
    long credits =
        body.whole("credits_per_window").orElseThrow(() -> new OpsFailure(OpsError.BAD_REQUEST));
    return ofExisting(
        account, () -> ask(account, replyTo -> new SubscriptionCommand.SetQuota(credits, replyTo)));
  }

  CompletionStage<HttpResponse> unlimit(AccountId account) {
    return ofExisting(account, () -> ask(account, SubscriptionCommand.ClearQuota::new));
  }

  CompletionStage<HttpResponse> delete(AccountId account) {
    return deletion(account, known(accounts.desk().delete(account)));
  }

  CompletionStage<HttpResponse> restore(AccountId account) {
    return deletion(account, known(accounts.desk().restore(account)));
  }

  private CompletionStage<HttpResponse> deletion(
      AccountId account, CompletionStage<Optional<Described>> asked) {
    return asked.thenApply(
        found ->
            found
                .map(it -> OpsAnswer.json(200, AccountViews.Deletion.of(account, it)))
                .orElseGet(() -> OpsAnswer.error(OpsError.UNKNOWN_ACCOUNT)));
  }

  /** A subscription would come into being for whatever id it is asked by. */
  private CompletionStage<HttpResponse> ofExisting(
      AccountId account, Supplier<CompletionStage<SubscriptionDescription>> change) {
    return known(accounts.desk().describe(account))
        .thenCompose(
            found ->
                found.isPresent()
                    ? change
                        .get()
                        .thenApply(has -> OpsAnswer.json(200, AccountViews.Subscription.of(has)))
                    : CompletableFuture.completedFuture(OpsAnswer.error(OpsError.UNKNOWN_ACCOUNT)));
  }

  private CompletionStage<SubscriptionDescription> welcome(AccountId account) {
    return ask(account, SubscriptionCommand.Welcome::new);
  }

  private CompletionStage<SubscriptionDescription> grant(
      AccountId account, Tier tier, @Nullable Instant expires) {
    return ask(account, replyTo -> new SubscriptionCommand.GrantTier(tier, expires, replyTo));
  }

  private CompletionStage<SubscriptionDescription> ask(
      AccountId account,
      Function<ActorRef<SubscriptionDescription>, SubscriptionCommand> question) {
    return known(accounts.subscriptions().ask(account, question));
  }

  private static <T> CompletionStage<T> done(T value) {
    return CompletableFuture.completedFuture(value);
  }

  private static AccountId id(String attempt) {
    return new AccountId(attempt.substring(0, ID_LENGTH));
  }

  private static Tier tier(String name) {
    return Tier.of(name).orElseThrow(() -> new OpsFailure(OpsError.BAD_REQUEST));
  }

  private static <T> CompletionStage<T> known(CompletionStage<T> asked) {
    return asked.exceptionallyCompose(
        _ -> CompletableFuture.failedFuture(new OpsFailure(OpsError.ACCOUNT_UNAVAILABLE)));
  }
}
