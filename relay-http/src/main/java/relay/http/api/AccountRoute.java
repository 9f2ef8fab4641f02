package relay.http.api;

import static org.apache.pekko.http.javadsl.server.Directives.concat;
import static org.apache.pekko.http.javadsl.server.Directives.delete;
import static org.apache.pekko.http.javadsl.server.Directives.get;
import static org.apache.pekko.http.javadsl.server.Directives.path;
import static org.apache.pekko.http.javadsl.server.Directives.pathEnd;
import static org.apache.pekko.http.javadsl.server.Directives.pathPrefix;
import static org.apache.pekko.http.javadsl.server.Directives.post;
import static org.apache.pekko.http.javadsl.server.PathMatchers.segment;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.server.Route;
import org.jspecify.annotations.Nullable;
import relay.core.account.AccountAnswer.Described;
import relay.core.account.AccountId;
import relay.core.account.PersonalDetails;
import relay.core.account.Profile;
import relay.core.limits.Limit;
import relay.http.access.AccountDesk;

/** {@code /profile}, and the end of an account and its undoing (TermOnMac 1.7, 7.7). */
public final class AccountRoute {
  private static final int SHORT_ID = 8;

  private final ApiGate gate;
  private final AccountDesk accounts;

  private record Provider(String provider) {}

  /** Times are milliseconds since 1970. */
  private record ProfileBody(
      String userId,
      @Nullable String email,
      @Nullable String name,
      @Nullable String avatarUrl,
      List<Provider> providers,
      @Nullable String primaryProvider,
      long createdAt,
      long lastLogin,
      @Nullable Long deletedAt) {}

  /** Times are milliseconds since 1970. */
  private record Deletion(boolean deleted, @Nullable Long deletedAt, @Nullable Long erasedAfter) {}

  public AccountRoute(ApiGate gate, AccountDesk accounts) {
    this.gate = gate;
    this.accounts = accounts;
  }

  public Route route() {
    return concat(
        path("profile", () -> get(() -> gate.sandboxed(this::profile))),
        pathPrefix(
            segment("api").slash("account"),
            () ->
                concat(
                    pathEnd(() -> delete(this::remove)),
                    path("restore", () -> post(this::restore)))));
  }

  private Route profile() {
    return gate.authenticated(
        Limit.READS,
        caller ->
            accounts
                .describe(caller.account())
                .thenApply(
                    found ->
                        found
                            .map(it -> ApiAnswer.ok(body(caller.account(), it)))
                            .orElseGet(() -> ApiAnswer.error(ApiError.UNAUTHORIZED))));
  }

  private static ProfileBody body(AccountId account, Described described) {
    Profile profile = described.profile();
    PersonalDetails details = profile.details();
    return new ProfileBody(
        account.value(),
        details.email(),
        name(account, details),
        details.avatarUrl(),
        profile.providers().stream().map(it -> new Provider(it.identity().provider())).toList(),
        profile.primaryProvider().orElse(null),
        profile.createdAt().toEpochMilli(),
        profile.lastLogin().toEpochMilli(),
        millis(described.deletedAt()));
  }

  /** A profile with neither name nor e-mail would be taken for an invalid session (1.7). */
  private static @Nullable String name(AccountId account, PersonalDetails details) {
    return details.name() == null && details.email() == null
        ? "Account " + account.value().substring(0, SHORT_ID)
        : details.name();
  }

  private Route remove() {
    return gate.authenticated(
        Limit.WRITES,
        caller -> accounts.delete(caller.account()).thenApply(AccountRoute::deletion));
  }

  private Route restore() {
    return gate.authenticated(
        Limit.WRITES,
        caller -> accounts.restore(caller.account()).thenApply(AccountRoute::deletion));
  }

  private static HttpResponse deletion(Optional<Described> found) {
    return found
        .map(
            it ->
                ApiAnswer.ok(
                    new Deletion(
                        it.deletedAt() != null, millis(it.deletedAt()), millis(it.erasedAfter()))))
        .orElseGet(() -> ApiAnswer.error(ApiError.ACCOUNT_GONE));
  }

  private static @Nullable Long millis(@Nullable Instant time) {
    return time == null ? null : time.toEpochMilli();
  }
}
