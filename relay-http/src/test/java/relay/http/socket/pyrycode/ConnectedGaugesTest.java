package relay.http.socket.pyrycode;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import relay.core.room.Role;
import relay.http.ops.metrics.Metrics;
import relay.http.ops.metrics.PyrycodeMetrics;

/** Parity 143: the gauges say what is connected when they are read. */
class ConnectedGaugesTest {

  @Test
  void theGaugesFollowWhatIsConnected() {
    ConnectedSockets connected = new ConnectedSockets();
    Metrics metrics = new Metrics();
    new PyrycodeMetrics(metrics, connected);

    connected.joined(Role.AGENT);
    connected.joined(Role.PHONE);
    connected.joined(Role.PHONE);
    assertThat(metrics.scrape())
        .contains(
            "pyrycode_relay_connected_binaries 1.0",
            "pyrycode_relay_connected_phones 2.0",
            "relay_sockets{dialect=\"pyrycode\",role=\"agent\"} 1.0",
            "relay_sockets{dialect=\"pyrycode\",role=\"phone\"} 2.0");

    connected.left(Role.AGENT);
    assertThat(metrics.scrape()).contains("pyrycode_relay_connected_binaries 0.0");
  }
}
