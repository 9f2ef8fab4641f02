package relay.http.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import relay.http.testing.RelayServerExtension;
import relay.http.testing.TestDial;
import relay.http.testing.TestPeer;

/** Sockets behind TLS and a proxy that names the peer, as a relay behind a balancer has them. */
class SecureRelayIT {
  private static final TestCertificate CERTIFICATE = certificate();
  private static final Pattern CONN_ID = Pattern.compile("\"conn_id\":\"([^\"]+)\"");

  @RegisterExtension
  static final RelayServerExtension RELAY =
      new RelayServerExtension()
          .with(
              "relay.http.tls.certificate-chain", CERTIFICATE.files().certificateChain().toString())
          .with("relay.http.tls.private-key", CERTIFICATE.files().privateKey().toString())
          .with("relay.http.proxy-protocol", true)
          .with("relay.limits.upgrades-per-ip", "2/1m");

  private static TestCertificate certificate() {
    try {
      return TestCertificate.createIn(Files.createTempDirectory("relay-tls"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static TestPeer from(String address, TestDial dial) {
    return dial.proxied(new InetSocketAddress(address, 40_000))
        .tls(CERTIFICATE.clientContext())
        .connect();
  }

  @Test
  void framesOfEverySizePassThroughTlsInOrder() {
    try (TestPeer binary =
            from("203.0.113.1", TestPeer.dialBinary(RELAY.port(), "tls")).expectHttp(101);
        TestPeer phone =
            from("203.0.113.2", TestPeer.dialPhone(RELAY.port(), "tls")).expectHttp(101)) {
      phone.send("0");
      var connId = CONN_ID.matcher(binary.expectText());
      assertThat(connId.find()).isTrue();
      for (int size = 1; size < 200_000; size = size * 3 + 7) {
        String frame = "\"" + "x".repeat(size) + "\"";
        phone.send(frame);
        assertThat(binary.expectText()).endsWith("\"frame\":" + frame + "}");
        binary.send("{\"conn_id\":\"" + connId.group(1) + "\",\"frame\":" + frame + "}");
        phone.expect(frame);
      }
      binary.sendClose(1000, "");
      binary.expectClose(1000, "");
    }
  }

  @Test
  void eachClientBehindTheProxyHasAnAllowanceOfItsOwn() {
    for (int time = 0; time < 2; time++) {
      from("203.0.113.3", TestPeer.dialPhone(RELAY.port(), "nobody")).expectHttp(101);
    }
    from("203.0.113.3", TestPeer.dialPhone(RELAY.port(), "nobody")).expectHttp(429);
    from("203.0.113.4", TestPeer.dialPhone(RELAY.port(), "nobody"))
        .expectHttp(101)
        .expectClose(4404, "no server with that id");
  }
}
