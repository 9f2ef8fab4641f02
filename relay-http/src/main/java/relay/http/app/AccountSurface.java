package relay.http.app;

import static org.apache.pekko.http.javadsl.server.Directives.concat;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.server.Route;
import relay.core.account.AccountId;
import relay.core.limits.RateLimits;
import relay.core.settings.RelaySettings;
import relay.core.subscription.entity.SubscriptionCommand;
import relay.core.subscription.entity.SubscriptionDescription;
import relay.http.access.ClientAddress;
import relay.http.access.SandboxKey;
import relay.http.api.AccountRooms;
import relay.http.api.AccountRoute;
import relay.http.api.ApiGate;
import relay.http.api.AuthRoute;
import relay.http.api.RoomsRoute;
import relay.http.api.ServerInfoRoute;
import relay.http.api.UsageRoute;
import relay.http.signin.OneTimeCodes;
import relay.http.signin.Providers;
import relay.http.signin.SigninPorts;
import relay.http.signin.SigninRoutes;
import relay.http.store.StoreDesk;
import relay.http.store.StoreRoutes;
import relay.http.throttle.RequestLimits;

/** The routes of sign-in and of TermOnMac's HTTP API. */
final class AccountSurface {
  private final RelaySettings settings;
  private final AccountServices accounts;
  private final RequestLimits limits;
  private final Meters meters;

  AccountSurface(
      RelaySettings settings, AccountServices accounts, RateLimits limits, Meters meters) {
    this.meters = meters;
    this.settings = settings;
    this.accounts = accounts;
    this.limits = new RequestLimits(new ClientAddress(settings.http().trustedProxies()), limits);
  }

  Route route(AccountRooms rooms, Endings endings, Clock clock) {
    SecureRandom random = new SecureRandom();
    OneTimeCodes codes =
        new OneTimeCodes(accounts.facts(), settings.signin().codeLifetime(), random, clock);
    ApiGate gate = new ApiGate(accounts.authenticator(), limits, new SandboxKey(settings.api()));
    SigninRoutes signin =
        endings.with(
            new SigninRoutes(
                new SigninPorts(
                    settings.signin(),
                    Providers.of(settings.signin(), System::nanoTime, clock),
                    codes,
                    accounts.desk(),
                    this::welcome,
                    limits,
                    meters.signin(),
                    random,
                    clock)));
    return concat(
        signin.route(),
        new AuthRoute(gate, codes, accounts.credentials(), accounts.desk()).route(),
        new AccountRoute(gate, accounts.desk()).route(),
        new UsageRoute(gate, accounts.subscriptions()).route(),
        new RoomsRoute(gate, accounts.subscriptions(), rooms, random).route(),
        store(gate, endings).route(),
        new ServerInfoRoute(BuildVersion.current()).route());
  }

  private StoreRoutes store(ApiGate gate, Endings endings) {
    return new StoreRoutes(
        gate,
        accounts.subscriptions(),
        StoreDesk.of(
                settings.store(), accounts.subscriptions(), accounts.purchases(), meters.store())
            .map(endings::with));
  }

  private CompletionStage<SubscriptionDescription> welcome(AccountId account) {
    return accounts.subscriptions().ask(account, SubscriptionCommand.Welcome::new);
  }
}
