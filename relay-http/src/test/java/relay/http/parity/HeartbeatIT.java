package relay.http.parity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import relay.http.testing.ClientFrames;
import relay.http.testing.RelayServerExtension;
import relay.http.testing.TestPeer;

/** {@code heartbeat_test.go}: pings on both sides of the relay, and what silence leads to. */
class HeartbeatIT {
  @RegisterExtension
  static final RelayServerExtension RELAY =
      new RelayServerExtension()
          .with("relay.pyrycode.ping-interval", "200ms")
          .with("relay.pyrycode.pong-timeout", "5s");

  @RegisterExtension final Peers peers = new Peers(RELAY);

  @Test
  void heartbeatHealthyPeerKeepsConnOpen() {
    TestPeer binary = peers.binary("healthy");
    Phone phone = peers.phone("healthy");
    for (TestPeer peer : List.of(binary, phone.peer())) {
      assertThat(Stream.generate(peer::expectPing).limit(5))
          .containsExactly("1", "2", "3", "4", "5");
    }
    phone.peer().send("1");
    binary.expect(phone.envelope("1"));
  }

  @Test
  void heartbeatUnresponsivePeerTriggersClose() {
    TestPeer binary = peers.binary("silent-phone");
    Phone phone = peers.phone("silent-phone");
    phone.peer().ignorePings();
    TestPeer silent = peers.binary("silent-binary").ignorePings();

    phone.peer().expectClose(1011, "heartbeat timeout").expectEnd();
    peers.log().await("phone_unregistered", "silent-phone");
    binary.expect(phone.closeNotice(1011));
    silent.expectClose(1011, "heartbeat timeout").expectEnd();
    peers.log().await("server_released", "silent-binary");
  }

  @Test
  void heartbeatUnresponsivePeerIsClosedHoweverMuchItSends() {
    TestPeer binary = peers.binary("talks");
    Phone phone = peers.phone("talks");
    phone.peer().ignorePings();
    byte[] talk = ClientFrames.frames().text("1").ping("x").bytes();
    int heard = 0;
    var _ = phone.peer().sendLater(talk);
    String last = binary.expectText();
    while (last.equals(phone.envelope("1"))) {
      heard++;
      // Once the relay has closed, it may take no more.
      var _ = phone.peer().sendLater(talk);
      last = binary.expectText();
    }
    assertThat(last).isEqualTo(phone.closeNotice(1011));
    assertThat(heard).as("messages before the close").isPositive();
    phone.peer().expectClose(1011, "heartbeat timeout").expectPong("x");
  }

  @Test
  void heartbeatContextCancelledExitsCleanly() {
    TestPeer binary = peers.binary("leaves");
    Phone phone = peers.phone("leaves");
    phone.peer().ignorePings().expectPing();
    phone.peer().sendClose(4000, "bye").expectClose(4000, "bye").expectEnd();
    binary.expect(phone.closeNotice(4000)).expectPing();
    binary.expectNothingMore();
  }
}
