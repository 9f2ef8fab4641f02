package relay.http.app;

import static org.apache.pekko.http.javadsl.server.Directives.concat;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.server.Route;
import relay.core.limits.Limit;
import relay.core.room.entity.Rooms;
import relay.core.settings.RelaySettings;
import relay.http.access.ClientAddress;
import relay.http.push.PushWakes;
import relay.http.socket.pyrycode.HealthzRoute;
import relay.http.socket.pyrycode.PyrycodePorts;
import relay.http.socket.pyrycode.PyrycodeRoutes;
import relay.http.socket.pyrycode.UpgradeGate;
import relay.http.throttle.ConnectionCap;
import relay.http.throttle.UpgradeThrottle;
import relay.http.transport.SealedRoute;

/** Puts the routes of the public listener together. */
final class PublicSurface {
  private final RelaySettings settings;
  private final Meters meters;
  private final LongSupplier ticker;

  PublicSurface(RelaySettings settings, Meters meters, LongSupplier ticker) {
    this.settings = settings;
    this.meters = meters;
    this.ticker = ticker;
  }

  /** The sealed route; it never blocks. */
  Function<HttpRequest, CompletionStage<HttpResponse>> route(
      ActorSystem<?> system, Rooms rooms, PushWakes pushWakes, Route accounts) {
    UpgradeGate gate =
        new UpgradeGate(
            new ClientAddress(settings.http().trustedProxies()),
            throttle(),
            new ConnectionCap(settings.limits().maxConnections()),
            meters.pyrycode());
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
    return SealedRoute.of(
        concat(new PyrycodeRoutes(ports, gate).route(), healthz.route(), accounts), system);
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
