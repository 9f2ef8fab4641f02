package relay.http.ops;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import relay.http.testing.Eventually;

/** Calls of a node's ops listener, and what is to be said of every answer. */
final class OpsCalls {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private OpsCalls() {}

  static HttpResponse<String> get(OpsNode node, String path)
      throws IOException, InterruptedException {
    return send(node, "GET", path, "");
  }

  /**
   * @param headers a name, its value, and so on
   */
  static HttpResponse<String> send(
      OpsNode node, String method, String path, String body, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + node.port() + path))
            .timeout(PATIENCE)
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return CLIENT.send(request.build(), BodyHandlers.ofString());
  }

  /** Asks until it is that: a check that does not answer within its time is a failed one. */
  static void awaitStatus(OpsNode node, String path, int status) {
    Eventually.eventually(() -> assertThat(status(node, path)).as(path).isEqualTo(status));
  }

  private static int status(OpsNode node, String path) {
    try {
      return get(node, path).statusCode();
    } catch (IOException failed) {
      throw new AssertionError("no answer to " + path, failed);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while asking " + path, interrupted);
    }
  }

  /** The answer's JSON, if it has that status. */
  static JsonNode body(HttpResponse<String> answer, int status) throws IOException {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.headers().firstValue("content-type")).contains("application/json");
    return json(answer.body());
  }

  static JsonNode json(String text) throws IOException {
    return JSON.readTree(text);
  }

  static void assertError(HttpResponse<String> answer, OpsError error) throws IOException {
    JsonNode body = body(answer, error.status());
    assertThat(body.path("error").textValue()).isEqualTo(error.name());
    assertThat(body.path("message").textValue()).isEqualTo(error.message());
  }
}
