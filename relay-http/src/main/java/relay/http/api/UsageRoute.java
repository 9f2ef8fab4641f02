package relay.http.api;

import static org.apache.pekko.http.javadsl.server.Directives.concat;
import static org.apache.pekko.http.javadsl.server.Directives.get;
import static org.apache.pekko.http.javadsl.server.Directives.path;
import static org.apache.pekko.http.javadsl.server.Directives.pathEnd;
import static org.apache.pekko.http.javadsl.server.Directives.pathPrefix;

import java.util.List;
import org.apache.pekko.http.javadsl.server.Route;
import org.jspecify.annotations.Nullable;
import relay.core.limits.Limit;
import relay.core.subscription.Balance;
import relay.core.subscription.UsageWindow;
import relay.core.subscription.entity.SubscriptionCommand;
import relay.core.subscription.entity.SubscriptionDescription;
import relay.core.subscription.entity.Subscriptions;
import relay.core.subscription.entity.UsageHistory;

/**
 * {@code /usage} and {@code /usage/history} (TermOnMac 1.8, 1.9); the bonus is not in the usage.
 */
public final class UsageRoute {
  private final ApiGate gate;
  private final Subscriptions subscriptions;

  /** The welcome bonus, shown while it is active. */
  private record ExtraQuota(boolean active, long remaining, long limit, String expiresAt) {}

  /**
   * @param remaining null without a limit
   * @param limit 0 without a limit
   * @param lastUpdated milliseconds since 1970
   */
  private record UsageBody(
      long totalTokens,
      long messageTokens,
      long durationTokens,
      @Nullable Long remaining,
      long limit,
      String period,
      String periodLabel,
      long lastUpdated,
      String resetsAt,
      @Nullable ExtraQuota extraQuota) {}

  private record Window(
      String periodLabel,
      String period,
      long messageTokens,
      long durationTokens,
      long totalTokens) {}

  private record History(List<Window> history) {}

  public UsageRoute(ApiGate gate, Subscriptions subscriptions) {
    this.gate = gate;
    this.subscriptions = subscriptions;
  }

  public Route route() {
    return pathPrefix(
        "usage",
        () ->
            concat(
                pathEnd(() -> get(() -> gate.sandboxed(this::usage))),
                path("history", () -> get(() -> gate.sandboxed(this::history)))));
  }

  private Route usage() {
    return gate.authenticated(
        Limit.READS,
        caller ->
            subscriptions
                .<SubscriptionDescription>ask(caller.account(), SubscriptionCommand.Describe::new)
                .thenApply(it -> ApiAnswer.ok(body(it.balance()))));
  }

  private Route history() {
    return gate.authenticated(
        Limit.READS,
        caller ->
            subscriptions
                .<UsageHistory>ask(caller.account(), SubscriptionCommand.ListUsage::new)
                .thenApply(
                    it ->
                        ApiAnswer.ok(
                            new History(it.windows().stream().map(UsageRoute::window).toList()))));
  }

  private static UsageBody body(Balance balance) {
    UsageWindow window = balance.window();
    Balance.Bonus bonus = balance.bonus();
    return new UsageBody(
        window.spent().total(),
        window.spent().messages(),
        window.spent().duration(),
        balance.isUnlimited() ? null : balance.remaining(),
        balance.isUnlimited() ? 0 : balance.limit(),
        window.period(),
        window.label(),
        window.updatedAt().toEpochMilli(),
        ApiAnswer.iso(window.endsAt()),
        bonus == null
            ? null
            : new ExtraQuota(
                bonus.isActive(),
                bonus.remaining(),
                bonus.limit(),
                ApiAnswer.iso(bonus.expiresAt())));
  }

  private static Window window(UsageWindow window) {
    return new Window(
        window.label(),
        window.period(),
        window.spent().messages(),
        window.spent().duration(),
        window.spent().total());
  }
}
