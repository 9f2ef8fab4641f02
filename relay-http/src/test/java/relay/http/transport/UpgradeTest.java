package relay.http.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.StatusCodes;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LeakWatch.class)
class UpgradeTest {
  private static final String PLAIN = "GET /plain HTTP/1.1\r\nHost: a\r\n\r\n";
  private static final String UPGRADE =
      String.join(
          "\r\n",
          "GET /socket HTTP/1.1",
          "Host: a",
          "Connection: keep-alive, Upgrade",
          "Upgrade: websocket",
          "Sec-WebSocket-Version: 13",
          "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
          "Sec-WebSocket-Protocol: chat",
          "Sec-WebSocket-Extensions: permessage-deflate",
          "",
          "");

  @Test
  void theAnswerIsTheOneOfRfc6455() {
    try (var server = TestListener.answering(UpgradeTest::route);
        var client = server.connect()) {
      client.send(UPGRADE);
      var answer = client.head();
      assertThat(answer.statusLine()).isEqualTo("HTTP/1.1 101 Switching Protocols");
      assertThat(answer.headers())
          .containsOnlyKeys("upgrade", "connection", "sec-websocket-accept")
          .containsEntry("upgrade", "websocket")
          .containsEntry("connection", "upgrade")
          .containsEntry("sec-websocket-accept", "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
      assertThat(client.line()).isEqualTo("hello 127.0.0.1:" + client.localPort());
    }
  }

  @Test
  void theRoutesHeadersAreAddedButForTheHandshakesOwn() {
    try (var server =
            TestListener.answering(
                request ->
                    EchoPhase.UPGRADE
                        .response()
                        .addHeader(RawHeader.create("X-Node", "one"))
                        .addHeader(RawHeader.create("Upgrade", "h2c")));
        var client = server.connect()) {
      client.send(UPGRADE);
      assertThat(client.head().headers())
          .containsEntry("x-node", "one")
          .containsEntry("upgrade", "websocket");
    }
  }

  @Test
  void bytesBehindTheHeadReachTheSocketOnceAndInOrder() {
    try (var server = TestListener.answering(UpgradeTest::route);
        var client = server.connect()) {
      client.send(UPGRADE + "GET / HTTP/1.1 is no request here");
      assertThat(client.head().status()).isEqualTo(101);
      assertThat(client.line()).startsWith("hello ");
      assertThat(client.text(33)).isEqualTo("GET / HTTP/1.1 is no request here");
      client.send("more");
      assertThat(client.text(4)).isEqualTo("more");
      client.endOutput();
      assertThat(client.rest()).isEmpty();
    }
  }

  @Test
  void bytesThatComeWhileTheRouteThinksReachTheSocketToo() throws InterruptedException {
    BlockingQueue<CompletableFuture<HttpResponse>> asked = new LinkedBlockingQueue<>();
    try (var server = TestListener.asking(asked);
        var client = server.connect()) {
      client.send(UPGRADE + "early");
      var answer = asked.take();
      client.send(" and late");
      answer.complete(EchoPhase.UPGRADE.response());
      assertThat(client.head().status()).isEqualTo(101);
      assertThat(client.line()).startsWith("hello ");
      assertThat(client.text(14)).isEqualTo("early and late");
    }
  }

  @Test
  void aSocketAfterOtherRequestsIsOneAllTheSame() {
    try (var server = TestListener.answering(UpgradeTest::route);
        var client = server.connect()) {
      client.send(PLAIN + PLAIN + UPGRADE + "bytes");
      assertThat(client.answer().status()).isEqualTo(200);
      assertThat(client.answer().status()).isEqualTo(200);
      assertThat(client.head().status()).isEqualTo(101);
      assertThat(client.line()).startsWith("hello ");
      assertThat(client.text(5)).isEqualTo("bytes");
    }
  }

  @Test
  void aSocketHoldsNothingOfTheHttpPhase() {
    try (var server = TestListener.answering(UpgradeTest::route);
        var client = server.connect()) {
      client.send(UPGRADE);
      assertThat(client.head().status()).isEqualTo(101);
      assertThat(client.line()).startsWith("hello ");
      client.send("a");
      assertThat(client.text(1)).isEqualTo("a");
      client.send("b");
      assertThat(client.text(1)).isEqualTo("b");
      assertThat(server.sockets.pipelines.getFirst()).containsExactly("Echo");
      // Nothing waits for it when the listener ends.
      assertThat(server.listener.close(TestListener.LONG).toCompletableFuture()).isCompleted();
      client.send("c");
      assertThat(client.text(1)).isEqualTo("c");
    }
  }

  @Test
  void aPeerThatEndsItsSideEndsTheSocket() throws InterruptedException {
    BlockingQueue<CompletableFuture<HttpResponse>> asked = new LinkedBlockingQueue<>();
    try (var server = TestListener.asking(asked);
        var client = server.connect()) {
      client.send(UPGRADE + "last words");
      client.endOutput();
      asked.take().complete(EchoPhase.UPGRADE.response());
      assertThat(client.head().status()).isEqualTo(101);
      assertThat(client.line()).startsWith("hello ");
      assertThat(client.rest()).isEqualTo("last words");
    }
  }

  @Test
  void aRefusedUpgradeKeepsItsHeadersAndTheConnection() {
    try (var server =
            TestListener.answering(
                request ->
                    HttpResponse.create()
                        .withStatus(StatusCodes.UPGRADE_REQUIRED)
                        .addHeader(RawHeader.create("Connection", "Upgrade"))
                        .addHeader(RawHeader.create("Upgrade", "websocket")));
        var client = server.connect()) {
      client.send(PLAIN + PLAIN);
      assertThat(client.answer().headers())
          .containsEntry("connection", "Upgrade")
          .containsEntry("upgrade", "websocket");
      assertThat(client.answer().status()).isEqualTo(426);
    }
  }

  @Test
  void a101WithoutUpgradeIsA500() {
    try (var server =
            TestListener.answering(
                request -> HttpResponse.create().withStatus(StatusCodes.SWITCHING_PROTOCOLS));
        var client = server.connect()) {
      client.send(UPGRADE);
      assertThat(client.answer().status()).isEqualTo(500);
      assertThat(client.rest()).isEmpty();
    }
  }

  @Test
  void a101ForARequestThatIsNoHandshakeIsA500() {
    try (var server = TestListener.answering(request -> EchoPhase.UPGRADE.response());
        var client = server.connect()) {
      client.send(PLAIN);
      assertThat(client.answer().status()).isEqualTo(500);
    }
  }

  @Test
  void headIsNotTakenForGetInAnUpgrade() {
    BlockingQueue<String> methods = new LinkedBlockingQueue<>();
    try (var server =
            TestListener.answering(
                request -> {
                  methods.add(request.method().name());
                  return HttpResponse.create().withStatus(StatusCodes.METHOD_NOT_ALLOWED);
                });
        var client = server.connect()) {
      client.send("HEAD" + UPGRADE.substring(3));
      assertThat(client.head().status()).isEqualTo(405);
      assertThat(methods).containsExactly("HEAD");
    }
  }

  private static HttpResponse route(HttpRequest request) {
    return request.getUri().path().equals("/socket")
        ? EchoPhase.UPGRADE.response()
        : HttpResponse.create();
  }
}
