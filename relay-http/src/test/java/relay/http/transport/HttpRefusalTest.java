package relay.http.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static relay.http.transport.TestListener.MAX_BODY_BYTES;

import java.util.stream.Stream;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import relay.http.transport.ListenerMeters.Reason;

@ExtendWith(LeakWatch.class)
class HttpRefusalTest {
  private static final String HOST = "Host: relay.example\r\n";
  private static final TestListener SERVER =
      TestListener.answering(request -> HttpResponse.create());

  @BeforeEach
  void forget() {
    SERVER.meters.refused.clear();
  }

  @AfterAll
  static void stop() {
    SERVER.close();
  }

  static Stream<Arguments> refused() {
    return Stream.of(
        Arguments.of(400, "HTTP/1.1 without Host", "GET / HTTP/1.1\r\n\r\n"),
        Arguments.of(400, "two Hosts", "GET / HTTP/1.1\r\n" + HOST + HOST + "\r\n"),
        Arguments.of(400, "host with a path", "GET / HTTP/1.1\r\nHost: a/b\r\n\r\n"),
        Arguments.of(400, "host with a user", "GET / HTTP/1.1\r\nHost: a@b\r\n\r\n"),
        Arguments.of(400, "port that is none", "GET / HTTP/1.1\r\nHost: a:b\r\n\r\n"),
        Arguments.of(400, "HTTP/0.9", "GET /\r\n\r\n"),
        Arguments.of(400, "no HTTP", "\u0005\u0001\u0000hello world\r\n\r\n"),
        Arguments.of(505, "HTTP/2 preface", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
        Arguments.of(505, "HTTP/3.0", "GET / HTTP/3.0\r\n" + HOST + "\r\n"),
        Arguments.of(400, "relative target", "GET a HTTP/1.1\r\n" + HOST + "\r\n"),
        Arguments.of(400, "bad escape", "GET /%zz HTTP/1.1\r\n" + HOST + "\r\n"),
        Arguments.of(400, "fragment", "GET /#a HTTP/1.1\r\n" + HOST + "\r\n"),
        Arguments.of(400, "non-ASCII target", "GET /\u00e9 HTTP/1.1\r\n" + HOST + "\r\n"),
        Arguments.of(400, "authority", "CONNECT a:1 HTTP/1.1\r\n" + HOST + "\r\n"),
        Arguments.of(400, "NUL in a value", "GET / HTTP/1.1\r\n" + HOST + "X: a\u0000b\r\n\r\n"),
        Arguments.of(400, "space in a name", "GET / HTTP/1.1\r\n" + HOST + "X Y: a\r\n\r\n"),
        Arguments.of(400, "space before colon", "GET / HTTP/1.1\r\n" + HOST + "X : a\r\n\r\n"),
        Arguments.of(400, "bare LF", "GET / HTTP/1.1\nHost: a\n\n"),
        Arguments.of(
            400, "content type", "GET / HTTP/1.1\r\n" + HOST + "Content-Type: ///\r\n\r\n"),
        Arguments.of(414, "long line", "GET /" + "a".repeat(10_000) + " HTTP/1.1\r\n\r\n"),
        Arguments.of(
            431, "long header", "GET / HTTP/1.1\r\n" + HOST + "X: " + "a".repeat(10_000) + "\r\n"),
        Arguments.of(
            431, "many headers", "GET / HTTP/1.1\r\n" + HOST + "X: 12345678\r\n".repeat(1000)),
        Arguments.of(417, "expectation", "GET / HTTP/1.1\r\n" + HOST + "Expect: tea\r\n\r\n"),
        Arguments.of(400, "length", post("Content-Length: -1\r\n\r\n")),
        Arguments.of(400, "length", post("Content-Length: x\r\n\r\n")),
        Arguments.of(400, "two lengths", post("Content-Length: 1\r\nContent-Length: 2\r\n\r\nab")),
        Arguments.of(
            400,
            "length and chunks",
            post("Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n")),
        Arguments.of(
            400,
            "chunks in HTTP/1.0",
            "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
        Arguments.of(501, "coding", post("Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n")),
        Arguments.of(400, "chunk size", post("Transfer-Encoding: chunked\r\n\r\nzz\r\n")),
        Arguments.of(
            413, "announced", post("Content-Length: " + (MAX_BODY_BYTES + 1) + "\r\n\r\n")),
        Arguments.of(
            413,
            "announced, asked first",
            post("Expect: 100-continue\r\nContent-Length: 2000\r\n\r\n")),
        Arguments.of(
            413,
            "in chunks",
            post("Transfer-Encoding: chunked\r\n\r\n3e9\r\n" + "x".repeat(1001) + "\r\n")));
  }

  private static String post(String rest) {
    return "POST / HTTP/1.1\r\n" + HOST + rest;
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("refused")
  void aRequestIsRefusedAndTheConnectionEnds(int status, String what, String request) {
    try (var client = SERVER.connect()) {
      client.send(request);
      var answer = client.answer();
      assertThat(answer.status()).as(what).isEqualTo(status);
      assertThat(answer.body()).isEmpty();
      assertThat(answer.headers()).containsEntry("connection", "close").containsKey("date");
      assertThat(client.rest()).isEmpty();
      assertThat(SERVER.meters.refused).hasSize(1);
    }
  }

  @Test
  void aRefusedPeerThatGoesOnSendingCanReadTheAnswer() {
    try (var client = SERVER.connect()) {
      client.send(post("Content-Length: 900000\r\n\r\n") + "x".repeat(900_000));
      assertThat(client.answer().status()).isEqualTo(413);
      assertThat(client.rest()).isEmpty();
      assertThat(SERVER.meters.refused).containsExactly(Reason.BODY_TOO_LARGE);
    }
  }

  @Test
  void aHeadOfTheLargestSizeIsTaken() {
    try (var client = SERVER.connect()) {
      client.send("GET / HTTP/1.1\r\n" + HOST + "X: " + "a".repeat(8_100) + "\r\n\r\n");
      assertThat(client.answer().status()).isEqualTo(200);
    }
  }

  @Test
  void anUnknownMethodIsTheRoutesAffair() {
    try (var client = SERVER.connect()) {
      client.send("BREW / HTTP/1.1\r\n" + HOST + "\r\n");
      assertThat(client.answer().status()).isEqualTo(200);
    }
  }

  @Test
  void anAbsoluteTargetIsTaken() {
    try (var client = SERVER.connect()) {
      client.send("GET http://relay.example/a HTTP/1.1\r\n" + HOST + "\r\n");
      assertThat(client.answer().status()).isEqualTo(200);
    }
  }
}
