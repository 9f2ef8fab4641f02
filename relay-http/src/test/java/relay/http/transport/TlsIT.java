package relay.http.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import relay.core.settings.HttpSettings.TlsFiles;
import relay.http.transport.ListenerMeters.Reason;

@ExtendWith(LeakWatch.class)
class TlsIT {
  private static final String GET = "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n";
  private static final String UPGRADE =
      "GET /socket HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\n"
          .concat("Connection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");

  private static TestCertificate certificate;

  @BeforeAll
  static void createCertificate(@TempDir Path directory) {
    certificate = TestCertificate.createIn(directory);
  }

  @Test
  void requestsAndUpgradesWorkOverTls13And12() {
    for (String version : new String[] {"TLSv1.3", "TLSv1.2"}) {
      try (var server = server(false);
          var client = client(server, version)) {
        client.send(GET);
        assertThat(client.answer().body()).isEqualTo("https://localhost/");
        client.send(UPGRADE + "early");
        assertThat(client.head().status()).isEqualTo(101);
        assertThat(client.line()).startsWith("hello ");
        assertThat(client.text(5)).isEqualTo("early");
      }
    }
  }

  @Test
  void aClientMayNotShakeHandsAgain() throws IOException {
    try (var server = server(false);
        var socket = socket(server, "TLSv1.2");
        var client = new RawClient(socket)) {
      client.send(GET);
      assertThat(client.answer().status()).isEqualTo(200);
      assertThatThrownBy(
              () -> {
                socket.startHandshake();
                client.send(GET);
                client.answer();
              })
          .isInstanceOfAny(IOException.class, UncheckedIOException.class);
    }
  }

  @Test
  void onlyHttp11IsNegotiated() throws IOException {
    try (var server = server(false);
        var socket = socket(server, "TLSv1.3")) {
      SSLParameters parameters = socket.getSSLParameters();
      parameters.setApplicationProtocols(new String[] {"h2", "http/1.1"});
      socket.setSSLParameters(parameters);
      socket.startHandshake();
      assertThat(socket.getApplicationProtocol()).isEqualTo("http/1.1");
    }
  }

  @Test
  void theAnswerBeforeAnEndIsWhole() {
    try (var server = server(false);
        var client = client(server, "TLSv1.3")) {
      client.send("GET / HTTP/1.1\r\n\r\n");
      assertThat(client.answer().status()).isEqualTo(400);
      // A missing close_notify would be an exception.
      assertThat(client.rest()).isEmpty();
    }
  }

  @Test
  void plainHttpIsToldSo() throws InterruptedException {
    try (var server = server(false);
        var client = server.connect()) {
      client.send(GET);
      assertThat(client.rest())
          .isEqualTo(
              """
              HTTP/1.0 400 Bad Request\r
              \r
              Client sent an HTTP request to an HTTPS server.
              """);
      assertThat(server.meters.nextRefused()).isEqualTo(Reason.NOT_TLS);
    }
  }

  @Test
  void plainHttpWhereAProxyHeaderIsRequiredIsClosedWithoutAWord() throws InterruptedException {
    try (var server = server(true);
        var client = server.connect()) {
      client.send(GET);
      assertThat(client.restOrReset()).isEmpty();
      assertThat(server.meters.nextRefused()).isEqualTo(Reason.PROXY_HEADER);
    }
  }

  @Test
  void garbageIsNotAnsweredWithHttp() throws InterruptedException {
    try (var server = server(false);
        var client = server.connect()) {
      client.send("garbage garbage garbage");
      assertThat(client.restOrReset()).doesNotContain("HTTP");
      assertThat(server.meters.nextRefused()).isEqualTo(Reason.TLS_HANDSHAKE);
    }
  }

  @Test
  void aHandshakeThatStallsIsClosed() throws InterruptedException {
    try (var server = server(false, Duration.ofMillis(500));
        var silent = server.connect();
        var stalled = server.connect()) {
      stalled.send(new byte[] {0x16, 0x03, 0x01, 0x02, 0x00, 0x01});
      assertThat(stalled.restOrReset()).isEmpty();
      assertThat(silent.restOrReset()).isEmpty();
      assertThat(server.meters.nextRefused()).isEqualTo(Reason.TLS_HANDSHAKE);
      assertThat(server.meters.nextRefused()).isEqualTo(Reason.TLS_HANDSHAKE);
    }
  }

  @Test
  void anOldVersionIsRefused() throws IOException {
    try (var server = server(false);
        var socket = socket(server, "TLSv1.1")) {
      assertThatThrownBy(socket::startHandshake).isInstanceOf(SSLException.class);
    }
  }

  @Test
  void missingFilesAreNamed(@TempDir Path directory) {
    Path missing = directory.resolve("missing.pem");
    assertThatThrownBy(() -> Tls.server(new TlsFiles(missing, missing)))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("missing.pem");
  }

  private static TestListener server(boolean proxyProtocol) {
    return server(proxyProtocol, TestListener.LONG);
  }

  private static TestListener server(boolean proxyProtocol, Duration headTimeout) {
    return new TestListener(
        TestListener.settings(certificate.files(), proxyProtocol, headTimeout),
        request -> TestListener.now(route(request)));
  }

  private static HttpResponse route(HttpRequest request) {
    return request.getUri().path().equals("/socket")
        ? EchoPhase.UPGRADE.response()
        : HttpResponse.create().withEntity(request.getUri().toString());
  }

  private static RawClient client(TestListener server, String version) {
    return new RawClient(socket(server, version));
  }

  private static SSLSocket socket(TestListener server, String version) {
    try {
      SSLSocket socket =
          (SSLSocket)
              certificate
                  .clientContext()
                  .getSocketFactory()
                  .createSocket(InetAddress.getLoopbackAddress(), server.listener.port());
      socket.setEnabledProtocols(new String[] {version});
      return socket;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
