package relay.http.parity;

import static org.assertj.core.api.Assertions.assertThat;
import static relay.http.parity.Numbers.BINARIES;
import static relay.http.parity.Numbers.GRACE_EXPIRIES;
import static relay.http.parity.Numbers.PHONES;
import static relay.http.parity.Numbers.TO_BINARY;
import static relay.http.parity.Numbers.TO_PHONE;
import static relay.http.parity.Numbers.failures;
import static relay.http.parity.Numbers.upgrades;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import relay.http.testing.HttpAnswer;
import relay.http.testing.RelayServerExtension;
import relay.http.testing.TestPeer;

/** {@code metrics_*_test.go}: what is counted of a running relay, and what is not. */
class MetricsIT {
  private static final List<String> OUTCOMES =
      List.of(
          "accept",
          "reject_headers",
          "reject_409",
          "reject_404",
          "reject_429",
          "reject_rate_limit");
  private static final List<String> KINDS =
      List.of("no_server", "server_in_use", "phones_at_cap", "ratelimit");

  @RegisterExtension
  static final RelayServerExtension RELAY =
      new RelayServerExtension()
          .with("relay.pyrycode.grace", "1s")
          .with("relay.pyrycode.max-phones", 2);

  /** For a binary that is to be back within its grace. */
  @RegisterExtension
  static final RelayServerExtension PATIENT =
      new RelayServerExtension().with("relay.pyrycode.grace", "5s");

  @RegisterExtension final Peers peers = new Peers(RELAY);
  @RegisterExtension final Peers patient = new Peers(PATIENT);

  private final Numbers numbers = new Numbers(RELAY);

  @BeforeEach
  void nobodyIsConnected() {
    numbers.await(Numbers.OPEN, 0);
  }

  @Test
  void metricsHandlerResponseShape() {
    int ops = RELAY.node().opsAddress().getPort();
    HttpAnswer answer =
        peers
            .connect(TestPeer.to(ops, "/metrics").without("upgrade").without("connection"))
            .answer();
    assertThat(answer.status()).isEqualTo(200);
    assertThat(
            answer.header("content-type").orElseThrow().replace(" ", "").toLowerCase(Locale.ROOT))
        .startsWith("text/plain;version=0.0.4;charset=utf-8");
    assertThat(answer.body()).contains("# TYPE pyrycode_relay_frames_forwarded_total counter");
  }

  @Test
  void upgradeMetricsAllSixteenSeriesExposed() {
    Map<String, Long> all = numbers.all();
    for (String outcome : OUTCOMES) {
      assertThat(all).containsKeys(upgrades("server", outcome), upgrades("client", outcome));
    }
    KINDS.forEach(kind -> assertThat(all).containsKey(failures(kind)));
    assertThat(all).containsKeys(BINARIES, PHONES, GRACE_EXPIRIES, TO_BINARY, TO_PHONE);
    assertThat(all).doesNotContainKey(Numbers.wakes("sent"));
  }

  @Test
  void connectionsMetricsReflectLiveCounts() {
    TestPeer binary = peers.binary("live");
    Phone phone = peers.phone("live");
    peers.phone("live");
    numbers.await(BINARIES, 1);
    numbers.await(PHONES, 2);
    phone.peer().sendClose(1000, "");
    numbers.await(PHONES, 1);
    binary.drop();
    numbers.await(BINARIES, 0);
    numbers.await(PHONES, 0);
  }

  @Test
  void connectionsMetricsGraceStaleFireDoesNotMoveGauge() {
    Numbers ofPatient = new Numbers(PATIENT);
    TestPeer old = patient.binary("stale");
    Phone phone = patient.phone("stale");
    ofPatient.await(BINARIES, 1);
    old.sendClose(1000, "");
    // One that is away does not count; its phone does.
    ofPatient.await(BINARIES, 0);
    assertThat(ofPatient.of(PHONES)).as("phones in grace").isEqualTo(1);
    patient.binary("stale");
    phone.peer().expectClose(4404, "binary reclaimed server-id");
    ofPatient.await(PHONES, 0);

    long expiries = ofPatient.of(GRACE_EXPIRIES);
    patient.letAGracePass();
    ofPatient.await(GRACE_EXPIRIES, expiries + 1);
    assertThat(ofPatient.of(BINARIES)).as("the one that came back").isEqualTo(1);
  }

  @Test
  void connectionsMetricsSettleAfterManyComeAndGoTogether() throws InterruptedException {
    List<Thread> crowd =
        IntStream.range(0, 16)
            .mapToObj(i -> Thread.startVirtualThread(() -> comeAndGo("crowd-" + i)))
            .toList();
    for (Thread one : crowd) {
      assertThat(one.join(Duration.ofSeconds(60))).as("is back in time").isTrue();
    }
    numbers.await(BINARIES, 0);
    numbers.await(PHONES, 0);
  }

  private static void comeAndGo(String serverId) {
    for (int round = 0; round < 5; round++) {
      try (TestPeer binary = TestPeer.binary(RELAY.port(), serverId);
          TestPeer phone = TestPeer.phone(RELAY.port(), serverId)) {
        phone.ping("there").expectPong("there");
        binary.ping("there").expectPong("there");
      }
    }
  }

  @Test
  void forwardMetricsPhoneToBinaryOnlyOnSuccess() {
    TestPeer binary = peers.binary("inward");
    Phone phone = peers.phone("inward");
    Map<String, Long> before = numbers.counters();
    phone.peer().send("1").send("2").send("3").send("not json").expectClose(1000, "");
    binary.expect(phone.envelope("1")).expect(phone.envelope("2")).expect(phone.envelope("3"));
    binary.expect(phone.closeNotice(1000));
    numbers.awaitMoved(before, Map.of(TO_BINARY, 3L));
  }

  @Test
  void forwardMetricsBinaryToPhoneOnlyOnSuccess() {
    TestPeer binary = peers.binary("outward");
    Phone phone = peers.phone("outward");
    Map<String, Long> before = numbers.counters();
    binary.send(phone.envelope("1")).send("malformed");
    binary.send("{\"conn_id\":\"unknown\",\"frame\":1}").send(phone.directive("2", 4401));
    binary.send(phone.envelope("3"));
    phone.peer().expect("1").expect("2").expectClose(4401, "");
    numbers.awaitMoved(before, Map.of(TO_PHONE, 2L));
  }

  @Test
  void graceMetricsOnlyOnRealEviction() {
    TestPeer binary = peers.binary("expires");
    Phone phone = peers.phone("expires");
    Map<String, Long> before = numbers.counters();
    binary.sendClose(1000, "");
    phone.peer().expectClose(1000, "");
    numbers.awaitMoved(before, Map.of(GRACE_EXPIRIES, 1L));
  }

  @Test
  void upgradeMetricsServerEndpointTerminalPaths() {
    Map<String, Long> before = numbers.counters();
    peers.connect(peers.dialBinary("paths").without("user-agent")).expectHttp(400);
    numbers.awaitMoved(before, Map.of(upgrades("server", "reject_headers"), 1L));

    before = numbers.counters();
    peers.binary("paths");
    numbers.awaitMoved(before, Map.of(upgrades("server", "accept"), 1L));

    before = numbers.counters();
    peers.upgrade(peers.dialBinary("paths")).expectClose(4409, "server-id already claimed");
    numbers.awaitMoved(
        before, Map.of(upgrades("server", "reject_409"), 1L, failures("server_in_use"), 1L));
  }

  @Test
  void upgradeMetricsClientEndpointTerminalPaths() {
    Map<String, Long> before = numbers.counters();
    peers.connect(peers.dialPhone("phones").without("user-agent")).expectHttp(400);
    numbers.awaitMoved(before, Map.of(upgrades("client", "reject_headers"), 1L));

    before = numbers.counters();
    peers.upgrade(peers.dialPhone("phones")).expectClose(4404, "no server with that id");
    numbers.awaitMoved(
        before, Map.of(upgrades("client", "reject_404"), 1L, failures("no_server"), 1L));

    peers.binary("phones");
    before = numbers.counters();
    peers.phone("phones");
    peers.phone("phones");
    numbers.awaitMoved(before, Map.of(upgrades("client", "accept"), 2L));

    before = numbers.counters();
    peers.upgrade(peers.dialPhone("phones")).expectClose(4429, "too many phones for server-id");
    numbers.awaitMoved(
        before, Map.of(upgrades("client", "reject_429"), 1L, failures("phones_at_cap"), 1L));
  }
}
