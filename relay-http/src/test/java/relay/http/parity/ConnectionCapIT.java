package relay.http.parity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import relay.http.testing.LogLines;
import relay.http.testing.RelayServerExtension;
import relay.http.testing.TestDial;
import relay.http.testing.TestPeer;

/** {@code conncap_test.go}: one pool of places for both routes, and every way out of it. */
class ConnectionCapIT {
  @RegisterExtension
  static final RelayServerExtension RELAY =
      new RelayServerExtension()
          .with("relay.limits.max-connections", 2)
          .with("relay.pyrycode.grace", "1s");

  @RegisterExtension final Peers peers = new Peers(RELAY);

  private final Numbers numbers = new Numbers(RELAY);

  @BeforeEach
  void everyPlaceIsFree() {
    numbers.await(Numbers.OPEN, 0);
  }

  @Test
  void connCapOverCap503BeforeHandler() {
    peers.binary("full");
    peers.phone("full");
    TestDial marked = peers.dialPhone("SECRET-id").header("x-pyrycode-token", "SECRET-token");
    peers.connect(marked).expectHttp(503);
    peers.connect(peers.dialBinary("full")).expectHttp(503);

    List<LogLines.Line> full = linesOf("conn_cap_reached");
    assertThat(full).extracting(LogLines.Line::level).containsExactly("WARN", "WARN");
    assertThat(full).extracting(it -> it.value("path")).containsExactly("/v1/client", "/v1/server");
    assertThat(full)
        .allSatisfy(line -> assertThat(line.values()).containsOnlyKeys("path", "remote"));
    assertThat(peers.log().all().toString()).doesNotContain("SECRET");
  }

  @Test
  void connCapSharedSlotReleasedOnEveryExit() {
    TestPeer binary = peers.binary("exits");
    Phone phone = peers.phone("exits");
    phone.peer().sendClose(1000, "");
    peers.log().await("phone_unregistered", "exits");

    expectBothPlacesBut(1);
    placeOfARefused(4404, peers.dialPhone("nobody"));
    expectBothPlacesBut(1);
    placeOfARefused(4409, peers.dialBinary("exits"));
    expectBothPlacesBut(1);
    peers.connect(peers.dialPhone("exits").without("x-pyrycode-token")).expectHttp(400);
    peers.connect(peers.dialPhone("exits").without("upgrade")).expectHttp(426);
    expectBothPlacesBut(1);

    Phone waits = peers.phone("exits");
    binary.sendClose(1000, "");
    waits.peer().expectClose(1000, "");
    expectBothPlacesBut(0);
  }

  private void placeOfARefused(int code, TestDial dial) {
    String reason = code == 4404 ? "no server with that id" : "server-id already claimed";
    peers.upgrade(dial).expectClose(code, reason).expectEnd();
  }

  /** The places that are left can be taken, once who had them is gone, and no more than them. */
  private void expectBothPlacesBut(int taken) {
    Eventually.eventually(
        () -> {
          TestPeer[] holders = new TestPeer[2 - taken];
          for (int i = 0; i < holders.length; i++) {
            holders[i] = peers.connect(peers.dialBinary("holder-" + i));
          }
          for (TestPeer holder : holders) {
            holder.expectHttp(101);
          }
          peers.connect(peers.dialPhone("exits")).expectHttp(503);
          for (TestPeer holder : holders) {
            holder.sendClose(1000, "").expectClose(1000, "").expectEnd();
          }
        });
    numbers.await(Numbers.OPEN, taken);
  }

  private List<LogLines.Line> linesOf(String event) {
    return peers.log().all().stream().filter(line -> line.event().equals(event)).toList();
  }
}
