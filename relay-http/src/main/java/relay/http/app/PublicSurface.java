package relay.http.app;

import static org.apache.pekko.http.javadsl.server.Directives.concat;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.apache.pekko.http.javadsl.server.Route;
import relay.core.limits.Limit;
import relay.core.limits.RateLimits;
import relay.core.room.entity.Rooms;
import relay.core.settings.RelaySettings;
import relay.http.access.ClientAddress;
import relay.http.push.PushWakes;
import relay.http.socket.pyrycode.HealthzRoute;
import relay.http.socket.pyrycode.PyrycodePorts;
import relay.http.socket.pyrycode.PyrycodeRoutes;
import relay.http.socket.pyrycode.UpgradeGate;
import relay.http.throttle.ConnectionCap;
import relay.http.throttle.RequestLimits;
import relay.http.throttle.UpgradeThrottle;

/** Puts the upgrade routes of the public listener together; both dialects share one cap. */
final class PublicSurface {
  private final RelaySettings settings;
  private final Meters meters;
  private final LongSupplier ticker;
  private final ConnectionCap cap;

  PublicSurface(RelaySettings settings, Meters meters, LongSupplier ticker) {
    this.settings = settings;
    this.meters = meters;
    this.ticker = ticker;
    this.cap = new ConnectionCap(settings.limits().maxConnections());
  }

  /** The routes never block. */
  Route pyrycode(Rooms rooms, PushWakes pushWakes) {
    UpgradeGate gate = new UpgradeGate(addresses(), throttle(), cap, meters.pyrycode());
    PyrycodePorts ports =
        new PyrycodePorts(
            rooms,
            pushWakes,
            settings.pyrycode(),
            meters.pyrycode(),
            meters.connected(),
            new SecureRandom());
    long started = ticker.getAsLong();
    HealthzRoute healthz =
        new HealthzRoute(
            BuildVersion.current(),
            meters.connected(),
            () -> Duration.ofNanos(ticker.getAsLong() - started));
    return concat(new PyrycodeRoutes(ports, gate).route(), healthz.route());
  }

  /** The route never blocks. */
  Route termonmac(Rooms rooms, AccountServices accounts, RateLimits limits) {
    RequestLimits ofRequests = new RequestLimits(addresses(), limits);
    return new TermonmacSurface(settings, ofRequests, cap, meters.termonmac())
        .route(rooms, accounts);
  }

  private ClientAddress addresses() {
    return new ClientAddress(settings.http().trustedProxies());
  }

  private UpgradeThrottle throttle() {
    return settings
        .limits()
        .rates()
        .of(Limit.PYRYCODE_UPGRADES)
        .map(size -> UpgradeThrottle.of(size, ticker))
        .orElseGet(UpgradeThrottle::off);
  }
}
