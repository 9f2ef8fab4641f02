package relay.http.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The scripted client tells the truth, tried against Netty's own WebSocket server. */
class TestPeerTest {
  private final EchoServer server = new EchoServer();
  private final TestPeer peer =
      TestPeer.dialPhone(server.port(), "id").patience(Duration.ofSeconds(20)).connect();

  @BeforeEach
  void isLetIn() {
    peer.expectHttp(101);
  }

  @AfterEach
  void stop() {
    peer.close();
    server.close();
  }

  @Test
  void itSendsAndHearsMessagesOfEveryLengthClass() {
    for (int length : new int[] {0, 125, 126, 65_535, 65_536, 200_000}) {
      String text = "x".repeat(length);
      peer.send(text).expect(text);
    }
    peer.sendFragments("a", "b", "c").expect("abc");
  }

  @Test
  void itAnswersPingsUntilToldNotTo() {
    peer.send("ping me");
    assertThat(peer.expectPing()).isEqualTo("are you there");
    peer.expect("pong are you there").ignorePings().send("ping me");
    assertThat(peer.expectPing()).isEqualTo("are you there");
    peer.ping("x").expectPong("x").expectNothingMore();
  }

  @Test
  void itHearsCloses() {
    peer.send("close me").expectClose(4404, "gone");
  }

  @Test
  void itsOwnCloseIsAnsweredAndEndsIt() {
    peer.sendClose(4000, "bye").expectClose(4000, "bye").expectEnd();
  }

  @Test
  void itCanBreakTheProtocol() {
    peer.sendUnmasked("naked").expectClose(1002, "received a frame that is not masked as expected");
  }

  @Test
  void itSaysWhatCameInstead() {
    peer.send("one");
    assertFails(() -> peer.expect("two"), "expected text two, but got text one, then []");
    peer.send("close me");
    assertFails(peer::expectText, "expected a text, but got close 4404 \"gone\"");
    assertFails(() -> peer.expectHttp(429), "expected HTTP 429, but got HttpAnswer[status=101");
  }

  @Test
  void itSaysThatNothingCame() {
    peer.patience(Duration.ofMillis(200));
    assertFails(peer::expectText, "expected a text, but nothing came within PT0.2S");
  }

  @Test
  void itNoticesWhatWasNotExpected() {
    peer.send("surprise");
    assertFails(peer::expectNothingMore, "expected nothing before");
  }

  @Test
  void anIdlePeerStopsTheServersWrites() {
    TestPeer slow =
        TestPeer.dialPhone(server.port(), "id").receiveBuffer(4096).connect().expectHttp(101);
    slow.stopReading();
    for (int i = 0; i < 20; i++) {
      slow.send("y".repeat(100_000));
    }
    assertThat(
            Stream.generate(() -> peer.send("unwritable").expectText())
                .limit(10_000)
                .anyMatch("1"::equals))
        .isTrue();
    slow.readAgain();
    for (int i = 0; i < 20; i++) {
      slow.expect("y".repeat(100_000));
    }
    slow.close();
  }

  @Test
  void aProxyHeaderNamesTheClient() throws IOException {
    InetSocketAddress client = new InetSocketAddress("192.0.2.7", 4321);
    assertThat(HexFormat.of().formatHex(TestDial.proxyHeader(client, 8080)))
        .isEqualTo("0d0a0d0a000d0a515549540a" + "2111000c" + "c0000207c0000207" + "10e11f90");
  }

  private static void assertFails(Runnable expectation, String message) {
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(expectation::run)
        .withMessageStartingWith(message);
  }
}
