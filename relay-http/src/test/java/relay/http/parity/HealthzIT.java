package relay.http.parity;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import relay.http.testing.Eventually;
import relay.http.testing.HttpAnswer;
import relay.http.testing.RelayServerExtension;
import relay.http.testing.TestPeer;

/** {@code healthz_test.go}: what anybody may know of a node. */
class HealthzIT {
  private static final String SHAPE =
      "\\{\"status\":\"ok\",\"version\":\"[\\w.+-]+\",\"connected_binaries\":\\d+,"
          + "\"connected_phones\":\\d+,\"uptime_seconds\":\\d+}";

  @RegisterExtension static final RelayServerExtension RELAY = new RelayServerExtension();

  @RegisterExtension final Peers peers = new Peers(RELAY);

  @Test
  void healthzResponseShape() {
    for (String method : new String[] {"GET", "POST", "DELETE"}) {
      HttpAnswer answer =
          peers.connect(TestPeer.to(RELAY.port(), "/healthz").method(method)).answer();
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.header("content-type")).hasValue("application/json; charset=utf-8");
      assertThat(answer.header("cache-control")).hasValue("no-store");
      assertThat(answer.body()).matches(SHAPE).hasSizeLessThan(200);
    }
  }

  @Test
  void healthzTracksRegistryState() {
    expectCounts(0, 0);
    TestPeer binary = peers.binary("counted");
    expectCounts(1, 0);
    Phone first = peers.phone("counted");
    Phone second = peers.phone("counted");
    expectCounts(1, 2);
    first.peer().sendClose(1000, "");
    expectCounts(1, 1);
    binary.sendClose(1000, "");
    expectCounts(0, 1);
    second.peer().drop();
    expectCounts(0, 0);
  }

  private static void expectCounts(int binaries, int phones) {
    String counts =
        "\"connected_binaries\":%d,\"connected_phones\":%d,".formatted(binaries, phones);
    Eventually.eventually(() -> assertThat(RELAY.http("/healthz")).contains(counts));
  }
}
