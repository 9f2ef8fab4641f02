package relay.http.parity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import relay.http.testing.Eventually;
import relay.http.testing.LogLines;
import relay.http.testing.RelayServerExtension;
import relay.http.testing.TestDial;
import relay.http.testing.TestPeer;

/** {@code conncap_test.go}: one pool of places for both routes, and every way out of it. */
class ConnectionCapIT {
  private static final int CAP = 2;

  @RegisterExtension
  static final RelayServerExtension RELAY =
      new RelayServerExtension()
          .with("relay.limits.max-connections", CAP)
          .with("relay.pyrycode.grace", "1s");

  @RegisterExtension final Peers peers = new Peers(RELAY);

  private final Numbers numbers = new Numbers(RELAY);

  @BeforeEach
  void everyPlaceIsFree() {
    numbers.await(Numbers.OPEN, 0);
  }

  @Test
  void connCapOverCap503BeforeHandler() {
    peers.oncePlaceIsFree(() -> peers.binary("full"));
    peers.oncePlaceIsFree(() -> peers.phone("full"));
    int before = linesOf("conn_cap_reached").size();
    TestDial marked = peers.dialPhone("SECRET-id").header("x-pyrycode-token", "SECRET-token");
    peers.connect(marked).expectHttp(503);
    peers.connect(peers.dialBinary("full")).expectHttp(503);

    List<LogLines.Line> full = linesOf("conn_cap_reached").stream().skip(before).toList();
    assertThat(full).extracting(LogLines.Line::level).containsExactly("WARN", "WARN");
    assertThat(full).extracting(it -> it.value("path")).containsExactly("/v1/client", "/v1/server");
    assertThat(full)
        .allSatisfy(line -> assertThat(line.values()).containsOnlyKeys("path", "remote"));
    assertThat(peers.log().all().toString()).doesNotContain("SECRET");
  }

  @Test
  void connCapSharedSlotReleasedOnEveryExit() {
    TestPeer binary = peers.oncePlaceIsFree(() -> peers.binary("exits"));
    Phone phone = peers.oncePlaceIsFree(() -> peers.phone("exits"));
    phone.peer().sendClose(1000, "");
    peers.log().await("phone_unregistered", "exits");

    expectPlacesLeft(1);
    expectRefused(4404, peers.dialPhone("nobody"));
    expectPlacesLeft(1);
    expectRefused(4409, peers.dialBinary("exits"));
    expectPlacesLeft(1);
    peers.connect(peers.dialPhone("exits").without("x-pyrycode-token")).expectHttp(400);
    peers.connect(peers.dialPhone("exits").without("upgrade")).expectHttp(426);
    expectPlacesLeft(1);

    Phone waits = peers.phone("exits");
    binary.sendClose(1000, "");
    waits.peer().expectClose(1000, "");
    expectPlacesLeft(CAP);
  }

  private void expectRefused(int code, TestDial dial) {
    String reason = code == 4404 ? "no server with that id" : "server-id already claimed";
    peers.upgrade(dial).expectClose(code, reason).expectEnd();
  }

  /** So many places can be taken and no more, once who had them is gone. */
  private void expectPlacesLeft(int places) {
    Eventually.eventually(
        () -> {
          List<TestPeer> holders = new ArrayList<>();
          try {
            for (int i = 0; i < places; i++) {
              holders.add(peers.upgrade(peers.dialBinary("holder-" + i)));
            }
            peers.connect(peers.dialPhone("exits")).expectHttp(503);
          } finally {
            holders.forEach(TestPeer::drop);
          }
        });
    numbers.await(Numbers.OPEN, CAP - places);
  }

  private List<LogLines.Line> linesOf(String event) {
    return peers.log().all().stream().filter(line -> line.event().equals(event)).toList();
  }
}
