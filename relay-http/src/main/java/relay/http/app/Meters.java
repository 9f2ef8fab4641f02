package relay.http.app;

import relay.core.account.entity.AccountObserver;
import relay.core.room.entity.RoomObserver;
import relay.core.settings.RelaySettings;
import relay.http.ops.metrics.AccountMetrics;
import relay.http.ops.metrics.ListenerMetrics;
import relay.http.ops.metrics.Metrics;
import relay.http.ops.metrics.PushMetrics;
import relay.http.ops.metrics.PyrycodeMetrics;
import relay.http.ops.metrics.RoomMetrics;
import relay.http.ops.metrics.SigninMetrics;
import relay.http.ops.metrics.StoreMetrics;
import relay.http.ops.metrics.TermonmacMetrics;
import relay.http.ops.metrics.TransportMetrics;
import relay.http.push.PushMeters;
import relay.http.signin.SigninMeters;
import relay.http.socket.pyrycode.ConnectedSockets;
import relay.http.store.StoreMeters;

/** Every number of this node, under the ports of those who count. */
record Meters(
    Metrics registry,
    ConnectedSockets connected,
    PyrycodeMetrics pyrycode,
    TermonmacMetrics termonmac,
    TransportMetrics transport,
    ListenerMetrics listener,
    PushMeters push,
    SigninMeters signin,
    StoreMeters store,
    RoomObserver rooms,
    AccountObserver accounts) {

  static Meters create(RelaySettings settings) {
    Metrics registry = new Metrics();
    registry.watchProcess();
    ConnectedSockets connected = new ConnectedSockets();
    return new Meters(
        registry,
        connected,
        new PyrycodeMetrics(registry, connected),
        new TermonmacMetrics(registry),
        new TransportMetrics(registry),
        new ListenerMetrics(registry),
        // With push off its family is absent (pyrycode 8.7), and nobody counts; so with the store.
        settings.push().isOn() ? new PushMetrics(registry) : _ -> {},
        new SigninMetrics(registry, settings.signin().providers().configured()),
        settings.store().isOn() ? new StoreMetrics(registry) : (_, _) -> {},
        new RoomMetrics(registry),
        new AccountMetrics(registry));
  }
}
