package relay.http.parity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import relay.http.testing.LogLines;
import relay.http.testing.RelayServerExtension;
import relay.http.testing.TestPeer;

/** {@code server_endpoint_test.go}: how a binary gets its server-id, keeps it and loses it. */
class ServerEndpointIT {
  private static final int STALLING_FRAMES = 19;
  private static final String LARGE_FRAME = "\"" + "x".repeat(200_000) + "\"";

  @RegisterExtension
  static final RelayServerExtension RELAY =
      new RelayServerExtension().with("relay.pyrycode.grace", "5s");

  /** For whoever waits for a probe or a grace to be over, and has nothing to do before. */
  @RegisterExtension
  static final RelayServerExtension HASTY =
      new RelayServerExtension()
          .with("relay.pyrycode.grace", "1s")
          .with("relay.pyrycode.probe-timeout", "1s");

  @RegisterExtension final Peers peers = new Peers(RELAY);
  @RegisterExtension final Peers hasty = new Peers(HASTY);

  private final Numbers numbers = new Numbers(RELAY);

  @Test
  void serverEndpointValidUpgradeRegistersBinary() {
    TestPeer binary = peers.binary("valid");
    LogLines.Line claimed = peers.log().await("server_claimed", "valid");
    assertThat(claimed.level()).isEqualTo("INFO");
    assertThat(claimed.values())
        .containsOnlyKeys("server_id", "binary_version", "remote")
        .containsEntry("binary_version", "1.0.0-test");

    binary.send("not an envelope");
    assertThat(peers.log().await("binary_forwarder_unmarshal_err", "valid").value("binary_conn_id"))
        .matches("server-valid-[0-9a-f]{8}");
    assertThat(RELAY.ops("/relay/rooms/pyrycode/valid")).contains("\"connection\":\"server-valid-");
  }

  @ParameterizedTest
  @ValueSource(strings = {"x-pyrycode-server", "x-pyrycode-version", "user-agent"})
  void serverEndpointHeaderGate400(String required) {
    peers.connect(peers.dialBinary("gate").without(required)).expectHttp(400);
    peers.connect(peers.dialBinary("gate").header(required, "")).expectHttp(400);

    assertThat(RELAY.ops("/relay/rooms/pyrycode/gate")).contains("UNKNOWN_ROOM");
    assertThat(peers.log().about("gate")).as("a refused header is not worth a line").isEmpty();
  }

  @Test
  void serverEndpointDuplicateClaim4409() {
    TestPeer incumbent = peers.binary("taken");
    Phone phone = peers.phone("taken");

    peers
        .upgrade(peers.dialBinary("taken"))
        .expectClose(4409, "server-id already claimed")
        .expectEnd();

    assertThat(peers.log().of("server_id_conflict", "taken"))
        .singleElement()
        .satisfies(
            line -> assertThat(line.values()).containsOnlyKeys("server_id", "remote"),
            line -> assertThat(line.level()).isEqualTo("INFO"));
    phone.peer().send("1");
    incumbent.expect(phone.envelope("1"));
    incumbent.send(phone.envelope("2"));
    phone.peer().expect("2");
  }

  @Test
  void serverEndpointPeerCloseReleasesSlot() {
    peers.binary("released").sendClose(1001, "restart").expectClose(1001, "restart").expectEnd();
    peers.log().await("server_released", "released");
    peers.log().await("binary_forwarder_read_end", "released");

    peers.binary("released").ping("held").expectPong("held").expectNothingMore();
    assertThat(peers.log().of("server_id_conflict", "released")).isEmpty();
    assertThat(peers.log().of("server_id_takeover", "released")).isEmpty();
  }

  @Test
  void serverEndpointPeerCloseSchedulesGraceRelease() {
    TestPeer binary = peers.binary("grace");
    Phone early = peers.phone("grace");
    binary.sendClose(1000, "");
    peers.log().await("server_released", "grace");
    Phone late = peers.phone("grace");

    early.peer().expectClose(1000, "").expectEnd();
    late.peer().expectClose(1000, "").expectEnd();
    peers.upgrade(peers.dialPhone("grace")).expectClose(4404, "no server with that id");
  }

  @Test
  void serverEndpointWrongMethodNoPanic() {
    for (String method : List.of("POST", "PUT", "DELETE", "BREW")) {
      peers.connect(peers.dialBinary("method").method(method)).expectHttp(405);
    }
    peers.connect(peers.dialBinary("method").without("upgrade")).expectHttp(426);
    peers.binary("method").ping("alive").expectPong("alive");
  }

  @Test
  void serverEndpointUnresponsiveIncumbentTakenOver() {
    TestPeer incumbent = hasty.binary("silent").ignorePings();
    Phone phone = hasty.phone("silent");

    TestPeer newcomer = hasty.binary("silent");

    phone.peer().expectClose(4404, "binary reclaimed server-id").expectEnd();
    incumbent.expectClose(1011, "heartbeat timeout").expectEnd();
    assertThat(hasty.log().of("server_id_takeover", "silent"))
        .singleElement()
        .satisfies(line -> assertThat(line.values()).containsOnlyKeys("server_id", "remote"));
    hasty.letAGracePass();
    Phone redialled = hasty.phone("silent");
    redialled.peer().send("\"again\"");
    newcomer.expect(redialled.envelope("\"again\""));
    assertThat(hasty.log().of("server_released", "silent")).isEmpty();
  }

  @Test
  void serverEndpointStalledPhoneLiveIncumbentKeepsSlot() {
    TestPeer incumbent = peers.binary("stalled");
    Phone phone = peers.stalledPhone("stalled");
    long written = numbers.of(Numbers.TO_PHONE);
    for (int i = 0; i < STALLING_FRAMES; i++) {
      incumbent.send(phone.envelope(LARGE_FRAME));
    }

    peers
        .upgrade(peers.dialBinary("stalled"))
        .expectClose(4409, "server-id already claimed")
        .expectEnd();

    assertThat(numbers.of(Numbers.TO_PHONE) - written)
        .as("frames the phone's connection took")
        .isLessThan(STALLING_FRAMES);
    assertThat(peers.log().of("server_id_takeover", "stalled")).isEmpty();
    incumbent.ping("held").expectPong("held");
  }
}
