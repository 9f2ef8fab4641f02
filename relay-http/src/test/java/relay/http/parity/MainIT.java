package relay.http.parity;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import relay.http.testing.RelayServerExtension;
import relay.http.testing.TestDial;
import relay.http.testing.TestPeer;

/** {@code main_e2e_test.go}: what a whole process shows; signals are {@link ShutdownIT}'s. */
class MainIT {
  @RegisterExtension
  static final RelayServerExtension RELAY =
      new RelayServerExtension().with("relay.limits.max-connections", 3);

  @RegisterExtension final Peers peers = new Peers(RELAY);

  @BeforeEach
  void awaitEveryPlaceFree() {
    new Numbers(RELAY).await(Numbers.OPEN, 0);
  }

  @Test
  void runReclaimDuringGraceClosesPhoneWith4404() {
    TestPeer old = peers.oncePlaceIsFree(() -> peers.binary("reclaim"));
    Phone phone = peers.oncePlaceIsFree(() -> peers.phone("reclaim"));
    old.sendClose(1001, "restart").expectClose(1001, "restart").expectEnd();
    peers.log().await("server_released", "reclaim");

    TestPeer binary = peers.binary("reclaim");
    phone.peer().expectClose(4404, "binary reclaimed server-id").expectEnd();
    Phone redialled = peers.phone("reclaim");
    assertThat(redialled.connId()).isNotEqualTo(phone.connId());
    redialled.peer().send("\"hello again\"");
    binary.expect(redialled.envelope("\"hello again\""));
    binary.send(redialled.envelope("\"and to you\""));
    redialled.peer().expect("\"and to you\"");
  }

  @Test
  void runConnCapGatesUpgradesNotHealthz() {
    peers.oncePlaceIsFree(() -> peers.binary("held"));
    peers.oncePlaceIsFree(() -> peers.phone("held"));
    peers.oncePlaceIsFree(() -> peers.phone("held"));
    peers.connect(peers.dialBinary("other")).expectHttp(503);
    peers.connect(peers.dialPhone("held")).expectHttp(503);
    assertThat(RELAY.http("/healthz")).contains("\"connected_binaries\":1,\"connected_phones\":2,");
  }

  @Test
  void binaryDoesNotServeAProfiler() {
    for (int port : new int[] {RELAY.port(), RELAY.node().opsAddress().getPort()}) {
      for (String path : new String[] {"/debug/pprof/", "/debug/pprof/heap", "/heapdump"}) {
        TestDial plain = TestPeer.to(port, path).without("upgrade").without("connection");
        peers.connect(plain).expectHttp(404);
      }
    }
  }
}
