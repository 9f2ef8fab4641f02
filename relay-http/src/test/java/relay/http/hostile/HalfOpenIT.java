package relay.http.hostile;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static relay.http.testing.ClientFrames.frames;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import relay.http.testing.Crowd;
import relay.http.testing.CrowdMember;
import relay.http.testing.RelayServerExtension;
import relay.http.testing.TestPeer;

/** Peers that are gone without a word, and connections that never become anything. */
class HalfOpenIT {
  @RegisterExtension
  static final RelayServerExtension RELAY =
      new RelayServerExtension()
          .with("relay.http.head-timeout", "5s")
          .with("relay.pyrycode.ping-interval", "1s")
          .with("relay.pyrycode.pong-timeout", "5s")
          .with("relay.pyrycode.probe-timeout", "1s")
          .with("relay.pyrycode.close-timeout", "1s");

  @RegisterExtension final Bystanders bystanders = new Bystanders(RELAY);

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int MANY = 300;

  @Test
  void phonesThatVanishWithoutAWordAreLetGo() {
    String room = "vanished phones";
    try (TestPeer binary = TestPeer.binary(RELAY.port(), room);
        TestPeer alive = TestPeer.phone(RELAY.port(), room)) {
      List<TestPeer> vanished = new ArrayList<>();
      for (int i = 0; i < 15; i++) {
        vanished.add(TestPeer.phone(RELAY.port(), room));
      }
      vanished.forEach(it -> it.ignorePings().ignoreClose().stopReading());
      try (TestPeer one = TestPeer.phone(RELAY.port(), room)) {
        one.expectClose(4429, "too many phones for server-id");
      }
      for (int i = 0; i < vanished.size(); i++) {
        assertThat(binary.expectText()).endsWith("\"close_code\":1011}");
      }
      try (TestPeer late = TestPeer.phone(RELAY.port(), room)) {
        late.send("{\"late\":1}");
        assertThat(binary.expectText()).endsWith("\"frame\":{\"late\":1}}");
      }
      alive.expectNothingMore();
      vanished.forEach(it -> it.readAgain().expectClose(1011, "heartbeat timeout").expectEnd());
      vanished.forEach(TestPeer::close);
    }
  }

  @Test
  void aBinaryThatVanishedWithoutAWordIsSucceeded() {
    String room = "vanished binary";
    try (TestPeer vanished = TestPeer.binary(RELAY.port(), room);
        TestPeer phone = TestPeer.phone(RELAY.port(), room)) {
      phone.send("{}");
      vanished.expectText();
      vanished.ignorePings().ignoreClose().stopReading();
      try (TestPeer successor = TestPeer.binary(RELAY.port(), room)) {
        phone.expectClose(4404, "binary reclaimed server-id");
        try (TestPeer back = TestPeer.phone(RELAY.port(), room)) {
          back.send("{\"back\":1}");
          assertThat(successor.expectText()).endsWith("\"frame\":{\"back\":1}}");
        }
      }
      vanished.readAgain().expectClose(1011, "heartbeat timeout");
    }
  }

  /** All at once, since each takes the whole timeout. */
  @Test
  void connectionsThatNeverBecomeAnythingEnd() throws Exception {
    try (Crowd crowd = new Crowd(RELAY.port())) {
      List<CrowdMember> silent = join(crowd, "");
      List<CrowdMember> stopping = join(crowd, "GET /v1/client HTTP/1.1\r\nHost: x\r\nX-Pyry");
      List<CrowdMember> trickling = join(crowd, "GET /healthz HTTP/1.1\r\nHost: x\r\nX-Slow: ");
      long start = System.nanoTime();
      while (crowd.count(CrowdMember::hasEnded) < 3 * MANY) {
        assertThat(System.nanoTime() - start).isLessThan(PATIENCE.toNanos());
        bystanders.talkOnce();
        trickling.forEach(HalfOpenIT::trickle);
        crowd.turn();
      }
      assertThat(silent).as("said nothing").allMatch(it -> it.status() == 0);
      assertThat(stopping).as("stopped halfway").allMatch(it -> it.status() == 408);
      assertThat(trickling).as("trickled in").allMatch(it -> it.status() == 408);
    }
  }

  private static List<CrowdMember> join(Crowd crowd, String begun) throws IOException {
    List<CrowdMember> members = new ArrayList<>();
    for (int i = 0; i < MANY; i++) {
      members.add(crowd.join(begun.getBytes(ISO_8859_1)));
    }
    return members;
  }

  /** Fails where the relay has answered already, which the next turn will find. */
  private static void trickle(CrowdMember member) {
    if (!member.isConnected() || member.status() != 0) {
      return;
    }
    try {
      member.send(new byte[] {'x'});
    } catch (IOException _) {
      // It was told 408; what it says now is refused.
    }
  }

  @Test
  void peersThatEndOnlyTheirHalfAreNotKept() {
    String room = "half closed";
    try (TestPeer binary = TestPeer.binary(RELAY.port(), room);
        TestPeer phone = TestPeer.phone(RELAY.port(), room)) {
      phone.send("{\"first\":1}");
      assertThat(binary.expectText()).endsWith("\"frame\":{\"first\":1}}");
      phone.sendBytes(frames().text("{\"last\":1}").bytes()).finish();
      assertThat(binary.expectText()).endsWith("\"frame\":{\"last\":1}}");
      assertThat(binary.expectText()).endsWith("\"close_code\":1001}");
      phone.expectEnd();
    }
  }
}
