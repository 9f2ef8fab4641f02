package relay.http.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.pekko.http.javadsl.model.HttpEntity;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpMethods;
import org.apache.pekko.http.javadsl.model.HttpProtocols;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class HandshakeTest {
  private static final String KEY = "dGhlIHNhbXBsZSBub25jZQ==";

  private static HttpRequest request(String... namesAndValues) {
    List<HttpHeader> headers = new ArrayList<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      headers.add(RawHeader.create(namesAndValues[i], namesAndValues[i + 1]));
    }
    return HttpRequest.GET("/v1/client").withHeaders(headers);
  }

  private static HttpRequest proper() {
    return request(
        "Connection", "Upgrade",
        "Upgrade", "websocket",
        "Sec-WebSocket-Version", "13",
        "Sec-WebSocket-Key", KEY);
  }

  static Stream<Arguments> refused() {
    HttpRequest unversioned =
        request("Connection", "Upgrade", "Upgrade", "websocket", "Sec-WebSocket-Key", KEY);
    HttpRequest keyless =
        request("Connection", "Upgrade", "Upgrade", "websocket", "Sec-WebSocket-Version", "13");
    List<String> upgrade = List.of("Connection: Upgrade", "Upgrade: websocket");
    List<String> version = List.of("Sec-WebSocket-Version: 13");
    List<String> nothing = List.of();
    return Stream.of(
        arguments("HTTP/1.0", proper().withProtocol(HttpProtocols.HTTP_1_0), 426, nothing),
        arguments("no connection", request("Upgrade", "websocket"), 426, upgrade),
        arguments(
            "keep-alive only",
            request("Connection", "keep-alive", "Upgrade", "websocket"),
            426,
            upgrade),
        arguments("no upgrade", request("Connection", "Upgrade"), 426, upgrade),
        arguments("h2c", request("Connection", "Upgrade", "Upgrade", "h2c"), 426, upgrade),
        arguments("POST", proper().withMethod(HttpMethods.POST), 405, nothing),
        arguments("no version", unversioned, 400, version),
        arguments(
            "old version",
            unversioned.addHeader(RawHeader.create("Sec-WebSocket-Version", "8")),
            400,
            version),
        arguments("no key", keyless, 400, nothing),
        arguments(
            "two keys",
            proper().addHeader(RawHeader.create("Sec-WebSocket-Key", KEY)),
            400,
            nothing));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("refused")
  void whatIsNoHandshakeIsRefused(
      String why, HttpRequest request, int status, List<String> headers) {
    HttpResponse refusal = Handshake.refusal(request).orElseThrow();

    assertThat(refusal.status().intValue()).as(why).isEqualTo(status);
    assertThat(refusal.getHeaders())
        .extracting(HttpHeader::toString)
        .containsExactlyInAnyOrderElementsOf(
            Stream.concat(Stream.of("X-Content-Type-Options: nosniff"), headers.stream()).toList());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "AAAA",
        "dGhlIHNhbXBsZSBub25jZQ",
        "dGhlIHNhbXBsZSBub25jZQ=",
        "dGhlIHNhbXBsZSBub25jZQAA",
        "dGhlIHNhbXBsZSBub25jZ!=="
      })
  void aKeyIsSixteenBytesInBase64(String key) {
    HttpRequest request =
        request(
            "Connection", "Upgrade",
            "Upgrade", "websocket",
            "Sec-WebSocket-Version", "13",
            "Sec-WebSocket-Key", key);

    assertThat(Handshake.refusal(request).orElseThrow().status().intValue()).isEqualTo(400);
  }

  @Test
  void aHandshakeIsAccepted() {
    assertThat(Handshake.refusal(proper())).isEmpty();
  }

  @Test
  void tokensAreFoundInListsInAnyCase() {
    HttpRequest request =
        request(
            "connection", "keep-alive",
            "CONNECTION", "close , uPGRADE",
            "upgrade", "h2c, WebSocket",
            "sec-websocket-version", "13",
            "sec-websocket-key", " " + KEY + " ",
            "Origin", "https://elsewhere.example",
            "Sec-WebSocket-Protocol", "chat",
            "Sec-WebSocket-Extensions", "permessage-deflate");

    assertThat(Handshake.refusal(request)).isEmpty();
  }

  @Test
  void anErrorIsAnEmptyLineOfText() {
    HttpResponse refusal = Handshake.refusal(HttpRequest.GET("/")).orElseThrow();

    HttpEntity.Strict body = (HttpEntity.Strict) refusal.entity();
    assertThat(body.getData().utf8String()).isEqualTo("\n");
    assertThat(body.getContentType()).hasToString("text/plain; charset=utf-8");
  }
}
