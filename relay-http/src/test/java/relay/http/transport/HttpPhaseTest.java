package relay.http.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static relay.http.transport.TestListener.MAX_BODY_BYTES;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpEntity;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.StatusCodes;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import relay.http.socket.Upgrade;

@ExtendWith(LeakWatch.class)
class HttpPhaseTest {
  private static final String HOST = "Host: relay.example\r\n";

  @Test
  void aRequestIsAnsweredAndTheConnectionGoesOn() {
    try (var server = TestListener.answering(request -> ok(path(request)));
        var client = server.connect()) {
      for (String path : List.of("/one", "/two")) {
        client.send("GET " + path + " HTTP/1.1\r\n" + HOST + "\r\n");
        var answer = client.answer();
        assertThat(answer.statusLine()).isEqualTo("HTTP/1.1 200 OK");
        assertThat(answer.body()).isEqualTo(path);
        assertThat(answer.headers())
            .containsEntry("content-type", "text/plain; charset=UTF-8")
            .containsKey("date")
            .doesNotContainKeys("server", "connection");
      }
    }
  }

  @Test
  void theRouteSeesTheWholeRequest() {
    BlockingQueue<HttpRequest> seen = new LinkedBlockingQueue<>();
    try (var server =
            TestListener.answering(
                request -> {
                  seen.add(request);
                  return ok("");
                });
        var client = server.connect()) {
      client.send(
          String.join(
              "\r\n",
              "POST /a/b?c=d%20e HTTP/1.1",
              "Host: relay.example:8080",
              "X-Twice: 1",
              "x-twice: 2",
              "Content-Type: application/json",
              "Content-Length: 2",
              "",
              "{}"));
      assertThat(client.answer().status()).isEqualTo(200);
      HttpRequest request = seen.remove();
      assertThat(request.getUri().toString()).isEqualTo("http://relay.example:8080/a/b?c=d%20e");
      assertThat(request.method().name()).isEqualTo("POST");
      assertThat(request.protocol().value()).isEqualTo("HTTP/1.1");
      assertThat(request.getHeaders())
          .filteredOn(header -> header.is("x-twice"))
          .extracting(header -> header.value())
          .containsExactly("1", "2");
      assertThat(request.entity().getContentType()).isEqualTo(ContentTypes.APPLICATION_JSON);
      assertThat(body(request)).isEqualTo("{}");
      assertThat(request.getAttribute(Upgrade.PEER))
          .contains(new InetSocketAddress(InetAddress.getLoopbackAddress(), client.localPort()));
    }
  }

  @Test
  void http10EndsTheConnectionUnlessAskedNotTo() {
    try (var server = TestListener.answering(request -> ok("x"));
        var client = server.connect()) {
      client.send("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
      var first = client.answer();
      assertThat(first.statusLine()).isEqualTo("HTTP/1.0 200 OK");
      assertThat(first.headers()).containsEntry("connection", "keep-alive");

      client.send("GET / HTTP/1.0\r\n\r\n");
      assertThat(client.answer().headers()).containsEntry("connection", "close");
      assertThat(client.rest()).isEmpty();
    }
  }

  @Test
  void http11GoesOnUnlessAskedNotTo() {
    try (var server = TestListener.answering(request -> ok("x"));
        var client = server.connect()) {
      client.send("GET / HTTP/1.1\r\n" + HOST + "Connection: close\r\n\r\n");
      assertThat(client.answer().headers()).containsEntry("connection", "close");
      assertThat(client.rest()).isEmpty();
    }
  }

  @Test
  void aRouteMayEndTheConnection() {
    try (var server =
            TestListener.answering(
                request -> ok("x").addHeader(RawHeader.create("Connection", "close")));
        var client = server.connect()) {
      client.send("GET / HTTP/1.1\r\n" + HOST + "\r\n");
      assertThat(client.answer().headers()).containsEntry("connection", "close");
      assertThat(client.rest()).isEmpty();
    }
  }

  @Test
  void headHasTheLengthAndNoBody() {
    try (var server = TestListener.answering(request -> ok(request.method().name()));
        var client = server.connect()) {
      client.send("HEAD / HTTP/1.1\r\n" + HOST + "\r\nGET / HTTP/1.1\r\n" + HOST + "\r\n");
      assertThat(client.head().headers()).containsEntry("content-length", "3");
      assertThat(client.answer().body()).isEqualTo("GET");
    }
  }

  @Test
  void aStatusWithoutEntityHasNoLength() {
    try (var server =
            TestListener.answering(
                request -> HttpResponse.create().withStatus(StatusCodes.NO_CONTENT));
        var client = server.connect()) {
      client.send("GET / HTTP/1.1\r\n" + HOST + "\r\n");
      var answer = client.answer();
      assertThat(answer.status()).isEqualTo(204);
      assertThat(answer.headers()).doesNotContainKeys("content-length", "content-type");
    }
  }

  @Test
  void anExplicitContentTypeWins() {
    try (var server =
            TestListener.answering(
                request ->
                    ok("{}")
                        .addHeader(
                            RawHeader.create("Content-Type", "application/json; charset=utf-8")));
        var client = server.connect()) {
      client.send("GET / HTTP/1.1\r\n" + HOST + "\r\n");
      assertThat(client.answer().headers())
          .containsEntry("content-type", "application/json; charset=utf-8");
    }
  }

  @Test
  void pipelinedRequestsAreAnsweredOneByOneInOrder() throws InterruptedException {
    BlockingQueue<CompletableFuture<HttpResponse>> asked = new LinkedBlockingQueue<>();
    try (var server = TestListener.asking(asked);
        var client = server.connect()) {
      client.send(("GET / HTTP/1.1\r\n" + HOST + "\r\n").repeat(3));
      for (String body : List.of("a", "b", "c")) {
        var answer = asked.take();
        assertThat(asked).isEmpty();
        answer.complete(ok(body));
        assertThat(client.answer().body()).isEqualTo(body);
      }
    }
  }

  @Test
  void aPeerThatHasEndedItsSideGetsEveryAnswer() throws InterruptedException {
    BlockingQueue<CompletableFuture<HttpResponse>> asked = new LinkedBlockingQueue<>();
    try (var server = TestListener.asking(asked);
        var client = server.connect()) {
      client.send(("GET / HTTP/1.1\r\n" + HOST + "\r\n").repeat(2));
      client.endOutput();
      asked.take().complete(ok("a"));
      assertThat(client.answer().body()).isEqualTo("a");
      asked.take().complete(ok("b"));
      assertThat(client.answer().body()).isEqualTo("b");
      assertThat(client.rest()).isEmpty();
    }
  }

  @Test
  void aPeerThatHasEndedItsSideGetsALongAnswerWhole() {
    CompletableFuture<HttpResponse> answer = new CompletableFuture<>();
    String body = "x".repeat(150_000);
    try (var server = new TestListener(TestListener.settings(), request -> answer);
        var client = server.connect()) {
      client.send("GET / HTTP/1.1\r\n" + HOST + "\r\n");
      client.endOutput();
      answer.completeOnTimeout(ok(body), 50, TimeUnit.MILLISECONDS);
      assertThat(client.answer().body()).isEqualTo(body);
      assertThat(client.rest()).isEmpty();
    }
  }

  @Test
  void aBodyMayComeInChunks() {
    try (var server = TestListener.answering(request -> ok(body(request)));
        var client = server.connect()) {
      client.send(
          "POST / HTTP/1.1\r\n" + HOST + "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\n");
      client.send("de\r\n0\r\n\r\n");
      assertThat(client.answer().body()).isEqualTo("abcde");
    }
  }

  @Test
  void aBodyOfTheLargestSizeIsTaken() {
    String body = "x".repeat(MAX_BODY_BYTES);
    try (var server = TestListener.answering(request -> ok(body(request)));
        var client = server.connect()) {
      client.send(
          "POST / HTTP/1.1\r\n" + HOST + "Content-Length: " + MAX_BODY_BYTES + "\r\n\r\n" + body);
      assertThat(client.answer().body()).isEqualTo(body);
    }
  }

  @Test
  void aPeerThatAsksFirstIsToldToGoOn() {
    try (var server = TestListener.answering(request -> ok(body(request)));
        var client = server.connect()) {
      client.send(
          "POST / HTTP/1.1\r\n" + HOST + "Expect: 100-continue\r\nContent-Length: 2\r\n\r\n");
      assertThat(client.head().status()).isEqualTo(100);
      client.send("hi");
      assertThat(client.answer().body()).isEqualTo("hi");
    }
  }

  private static HttpResponse ok(String body) {
    return HttpResponse.create().withEntity(body);
  }

  private static String path(HttpRequest request) {
    return request.getUri().path();
  }

  private static String body(HttpRequest request) {
    return ((HttpEntity.Strict) request.entity()).getData().utf8String();
  }
}
