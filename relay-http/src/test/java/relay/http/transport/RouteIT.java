package relay.http.transport;

import static org.apache.pekko.http.javadsl.server.Directives.complete;
import static org.apache.pekko.http.javadsl.server.Directives.concat;
import static org.apache.pekko.http.javadsl.server.Directives.entity;
import static org.apache.pekko.http.javadsl.server.Directives.extractUri;
import static org.apache.pekko.http.javadsl.server.Directives.get;
import static org.apache.pekko.http.javadsl.server.Directives.headerValueByType;
import static org.apache.pekko.http.javadsl.server.Directives.onSuccess;
import static org.apache.pekko.http.javadsl.server.Directives.path;
import static org.apache.pekko.http.javadsl.server.Directives.post;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.http.javadsl.model.headers.Authorization;
import org.apache.pekko.http.javadsl.server.Route;
import org.apache.pekko.http.javadsl.unmarshalling.Unmarshaller;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Pekko HTTP's own routing behind the listener. */
@ExtendWith(LeakWatch.class)
class RouteIT {
  private static final String HOST = " HTTP/1.1\r\nHost: relay.example:8080\r\n";

  private static ActorTestKit testKit;
  private static TestListener server;

  @BeforeAll
  static void start() {
    testKit = ActorTestKit.create();
    Route route =
        concat(
            path("uri", () -> get(() -> extractUri(uri -> complete(uri.toString())))),
            path("later", () -> onSuccess(RouteIT::later, text -> complete(text))),
            path(
                "echo",
                () -> post(() -> entity(Unmarshaller.entityToString(), text -> complete(text)))),
            path(
                "who",
                () ->
                    headerValueByType(
                        Authorization.class, header -> complete(header.credentials().token()))),
            path("socket", () -> complete(EchoPhase.UPGRADE.response())));
    server = new TestListener(TestListener.settings(), SealedRoute.of(route, testKit.system()));
  }

  @AfterAll
  static void stop() {
    server.close();
    testKit.shutdownTestKit();
  }

  @Test
  void aRouteSeesTheEffectiveUri() {
    try (var client = server.connect()) {
      client.send("GET /uri?a=b" + HOST + "\r\n");
      assertThat(client.answer().body()).isEqualTo("http://relay.example:8080/uri?a=b");
    }
  }

  @Test
  void whatNoRouteTakesIsA404() {
    try (var client = server.connect()) {
      client.send("GET /nothing" + HOST + "\r\n");
      assertThat(client.answer().status()).isEqualTo(404);
    }
  }

  @Test
  void aMethodNoRouteTakesIsA405AndTheConnectionGoesOn() {
    try (var client = server.connect()) {
      for (String method : new String[] {"DELETE", "BREW", "OPTIONS", "TRACE"}) {
        client.send(method + " /uri" + HOST + "\r\n");
        var answer = client.answer();
        assertThat(answer.status()).as(method).isEqualTo(405);
        assertThat(answer.headers()).containsEntry("allow", "GET");
      }
    }
  }

  @Test
  void headIsAnsweredByTheRouteOfGet() {
    try (var client = server.connect()) {
      client.send("HEAD /uri" + HOST + "\r\n");
      assertThat(client.head().headers()).containsEntry("content-length", "29");
      client.send("GET /uri" + HOST + "\r\n");
      assertThat(client.answer().status()).isEqualTo(200);
    }
  }

  @Test
  void aRouteMayAnswerLater() {
    try (var client = server.connect()) {
      client.send(("GET /later" + HOST + "\r\n").repeat(3));
      for (int i = 0; i < 3; i++) {
        assertThat(client.answer().body()).isEqualTo("later");
      }
    }
  }

  @Test
  void aBodyIsUnmarshalled() {
    try (var client = server.connect()) {
      client.send("POST /echo" + HOST + "Content-Length: 5\r\n\r\nhello");
      assertThat(client.answer().body()).isEqualTo("hello");
    }
  }

  @Test
  void credentialsAreTyped() {
    try (var client = server.connect()) {
      client.send("GET /who" + HOST + "Authorization: Bearer abc\r\n\r\n");
      assertThat(client.answer().body()).isEqualTo("abc");
      client.send("GET /who" + HOST + "Upgrade: x\r\nAuthorization: Bearer abc\r\n\r\n");
      assertThat(client.answer().body()).isEqualTo("abc");
    }
  }

  @Test
  void aRouteMayAnswerWithASocket() {
    try (var client = server.connect()) {
      client.send(
          "GET /socket" + HOST + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\nearly");
      assertThat(client.head().status()).isEqualTo(101);
      assertThat(client.line()).startsWith("hello ");
      assertThat(client.text(5)).isEqualTo("early");
    }
  }

  private static CompletableFuture<String> later() {
    return CompletableFuture.supplyAsync(() -> "later");
  }
}
