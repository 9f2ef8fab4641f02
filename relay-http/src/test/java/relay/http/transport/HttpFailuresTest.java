package relay.http.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A route that fails costs one answer, of which the peer learns nothing. */
@ExtendWith(LeakWatch.class)
class HttpFailuresTest {
  @Test
  void aRouteThatThrowsIsA500WithoutText() {
    try (var server =
            TestListener.answering(
                request -> {
                  throw new IllegalStateException("secret");
                });
        var client = server.connect()) {
      assertIsInternalError(client);
    }
  }

  @Test
  void aFailedAnswerIsA500WithoutText() {
    Queue<CompletableFuture<HttpResponse>> answers = new ArrayDeque<>();
    answers.add(CompletableFuture.failedFuture(new IllegalStateException("secret")));
    answers.add(
        CompletableFuture.supplyAsync(
            () -> {
              throw new IllegalStateException("secret");
            }));
    while (!answers.isEmpty()) {
      try (var server = new TestListener(TestListener.settings(), request -> answers.remove());
          var client = server.connect()) {
        assertIsInternalError(client);
      }
    }
  }

  @Test
  void anAnswerThatWouldBreakApartIsA500() {
    try (var server =
            TestListener.answering(
                request ->
                    HttpResponse.create().addHeader(RawHeader.create("X", "a\r\nInjected: yes")));
        var client = server.connect()) {
      assertIsInternalError(client);
    }
  }

  @Test
  void anAnswerThatIsNotStrictIsA500() {
    try (var server =
            TestListener.answering(
                request ->
                    HttpResponse.create()
                        .withEntity(
                            HttpEntities.create(
                                ContentTypes.APPLICATION_OCTET_STREAM,
                                3,
                                Source.single(ByteString.fromString("abc")))));
        var client = server.connect()) {
      assertIsInternalError(client);
    }
  }

  private static void assertIsInternalError(RawClient client) {
    client.send("GET / HTTP/1.1\r\nHost: relay.example\r\n\r\n");
    var answer = client.answer();
    assertThat(answer.status()).isEqualTo(500);
    assertThat(answer.body()).isEmpty();
    assertThat(answer.headers()).doesNotContainKeys("x", "injected");
    assertThat(client.rest()).isEmpty();
  }
}
