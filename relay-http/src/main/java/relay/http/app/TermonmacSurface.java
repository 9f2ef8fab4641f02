package relay.http.app;

import java.security.SecureRandom;
import java.util.Optional;
import org.apache.pekko.http.javadsl.server.Route;
import relay.core.room.entity.Rooms;
import relay.core.settings.RelaySettings;
import relay.core.settings.SubscriptionSettings;
import relay.http.access.AccountDesk;
import relay.http.access.SandboxKey;
import relay.http.socket.termonmac.CreditTerms;
import relay.http.socket.termonmac.Emails;
import relay.http.socket.termonmac.TermonmacMeters;
import relay.http.socket.termonmac.TermonmacPorts;
import relay.http.socket.termonmac.TermonmacRoute;
import relay.http.socket.termonmac.UpgradeChecks;
import relay.http.throttle.ConnectionCap;
import relay.http.throttle.RequestLimits;

/** Puts TermOnMac's sockets together. */
final class TermonmacSurface {
  private final RelaySettings settings;
  private final RequestLimits limits;
  private final ConnectionCap cap;
  private final TermonmacMeters meters;

  TermonmacSurface(
      RelaySettings settings, RequestLimits limits, ConnectionCap cap, TermonmacMeters meters) {
    this.settings = settings;
    this.limits = limits;
    this.cap = cap;
    this.meters = meters;
  }

  Route route(Rooms rooms, AccountServices accounts) {
    TermonmacPorts ports =
        new TermonmacPorts(
            rooms,
            new SubscriptionAllowance(accounts.subscriptions(), accounts.rooms()),
            accounts.check(),
            emails(accounts.desk()),
            limits,
            settings.termonmac(),
            terms(settings.subscription()),
            meters,
            new SecureRandom());
    UpgradeChecks checks =
        new UpgradeChecks(new SandboxKey(settings.api()), accounts.authenticator(), cap, ports);
    return new TermonmacRoute(ports, checks).route();
  }

  private static Emails emails(AccountDesk desk) {
    return account ->
        desk.describe(account)
            .thenApply(
                found -> found.flatMap(it -> Optional.ofNullable(it.profile().details().email())));
  }

  private static CreditTerms terms(SubscriptionSettings subscription) {
    return new CreditTerms(
        subscription.creditsPerFrame(), subscription.leaseCredits(), subscription.flushInterval());
  }
}
