package relay.http.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Stream;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import relay.http.socket.Upgrade;
import relay.http.transport.ListenerMeters.Reason;

/** Pyrycode 6.4. */
@ExtendWith(LeakWatch.class)
class ProxyGateTest {
  private static final byte[] SIGNATURE = {
    0x0D, 0x0A, 0x0D, 0x0A, 0x00, 0x0D, 0x0A, 0x51, 0x55, 0x49, 0x54, 0x0A
  };
  private static final int LOCAL = 0x20;
  private static final int PROXY = 0x21;
  private static final int UNSPEC = 0x00;
  private static final int TCP4 = 0x11;
  private static final int UDP4 = 0x12;
  private static final int TCP6 = 0x21;
  private static final int UNIX = 0x31;
  private static final String GET = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
  private static final TestListener SERVER =
      new TestListener(
          TestListener.settings(null, true, TestListener.LONG),
          request -> TestListener.now(HttpResponse.create().withEntity(peer(request))));

  @BeforeEach
  void forget() {
    SERVER.meters.refused.clear();
  }

  @AfterAll
  static void stop() {
    SERVER.close();
  }

  @Test
  void aTcp4SourceIsThePeer() {
    try (var client = SERVER.connect()) {
      client.send(join(header(PROXY, TCP4, addresses("203.0.113.7", 12), 4711), bytes(GET)));
      assertThat(client.answer().body()).isEqualTo("203.0.113.7:4711");
    }
  }

  @Test
  void aTcp6SourceIsThePeer() {
    try (var client = SERVER.connect()) {
      client.send(header(PROXY, TCP6, addresses("2001:db8::7", 36), 4711));
      client.send(GET);
      assertThat(client.answer().body()).isEqualTo("2001:db8:0:0:0:0:0:7:4711");
    }
  }

  @Test
  void extensionsAreSkipped() {
    byte[] addresses = addresses("203.0.113.7", 12);
    byte[] extension = {(byte) 0xE0, 0, 3, 1, 2, 3};
    try (var client = SERVER.connect()) {
      client.send(join(header(PROXY, TCP4, join(addresses, extension), 4711), bytes(GET)));
      assertThat(client.answer().body()).isEqualTo("203.0.113.7:4711");
    }
  }

  @Test
  void aHeaderMayComeByteByByte() {
    try (var client = SERVER.connect()) {
      for (byte each : header(PROXY, TCP4, addresses("203.0.113.7", 12), 4711)) {
        client.send(new byte[] {each});
      }
      client.send(GET);
      assertThat(client.answer().body()).isEqualTo("203.0.113.7:4711");
    }
  }

  static Stream<Arguments> refused() {
    byte[] addresses = addresses("203.0.113.7", 12);
    byte[] wrongVersion = header(0x31, TCP4, addresses, 4711);
    byte[] cutSignature = header(PROXY, TCP4, addresses, 4711);
    cutSignature[5] = 0x0B;
    return Stream.of(
        Arguments.of("v1", bytes("PROXY TCP4 203.0.113.7 127.0.0.1 4711 80\r\n")),
        Arguments.of("v1 unknown", bytes("PROXY UNKNOWN\r\n")),
        Arguments.of("missing", new byte[0]),
        Arguments.of("LOCAL", header(LOCAL, UNSPEC, new byte[0], 0)),
        Arguments.of("LOCAL with address", header(LOCAL, TCP4, addresses, 4711)),
        Arguments.of("UNSPEC", header(PROXY, UNSPEC, new byte[0], 0)),
        Arguments.of("UDP", header(PROXY, UDP4, addresses, 4711)),
        Arguments.of("UNIX", header(PROXY, UNIX, new byte[216], 0)),
        Arguments.of("version 3", wrongVersion),
        Arguments.of("wrong signature", cutSignature),
        Arguments.of("too few addresses", header(PROXY, TCP4, new byte[4], 0)),
        Arguments.of("too long", header(PROXY, TCP4, join(addresses, new byte[60_000]), 1)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("refused")
  void anyOtherBeginningIsClosedWithoutAWord(String what, byte[] beginning)
      throws InterruptedException {
    try (var client = SERVER.connect()) {
      client.send(join(beginning, bytes(GET)));
      assertThat(client.restOrReset()).as(what).isEmpty();
    }
    assertThat(SERVER.meters.nextRefused()).isEqualTo(Reason.PROXY_HEADER);
    assertThat(SERVER.meters.refused).isEmpty();
  }

  @Test
  void aStalledHeaderDelaysNobody() {
    try (var stalled = SERVER.connect();
        var other = SERVER.connect()) {
      stalled.send(SIGNATURE);
      other.send(join(header(PROXY, TCP4, addresses("203.0.113.8", 12), 1), bytes(GET)));
      assertThat(other.answer().body()).isEqualTo("203.0.113.8:1");
      stalled.send(
          Arrays.copyOfRange(header(PROXY, TCP4, addresses("203.0.113.9", 12), 2), 12, 28));
      stalled.send(GET);
      assertThat(stalled.answer().body()).isEqualTo("203.0.113.9:2");
    }
  }

  private static String peer(HttpRequest request) {
    var peer = request.getAttribute(Upgrade.PEER).orElseThrow();
    return peer.getAddress().getHostAddress() + ":" + peer.getPort();
  }

  /** The first two bytes of the ports' part are the source port. */
  private static byte[] header(int command, int protocol, byte[] addresses, int sourcePort) {
    byte[] body = addresses.clone();
    int portAt = protocol == TCP6 ? 32 : 8;
    if (sourcePort != 0) {
      body[portAt] = (byte) (sourcePort >> 8);
      body[portAt + 1] = (byte) sourcePort;
    }
    byte[] fixed = {(byte) command, (byte) protocol, (byte) (body.length >> 8), (byte) body.length};
    return join(join(SIGNATURE, fixed), body);
  }

  private static byte[] addresses(String source, int length) {
    return Arrays.copyOf(InetAddress.ofLiteral(source).getAddress(), length);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] join(byte[] one, byte[] other) {
    var joined = new ByteArrayOutputStream();
    joined.writeBytes(one);
    joined.writeBytes(other);
    return joined.toByteArray();
  }
}
