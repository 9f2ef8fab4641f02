package relay.http.testing.termonmac;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.function.IntSupplier;

/** What clients and operators ask over HTTP. */
public final class AccountCalls {
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private final IntSupplier port;

  public AccountCalls(IntSupplier port) {
    this.port = port;
  }

  /** The body is missing if it is no JSON. */
  public record Answer(int status, JsonNode body, String text) {}

  public Answer get(String path, String apiKey) {
    return ask(request(path).header("Authorization", "Bearer " + apiKey).GET());
  }

  public Answer delete(String path, String apiKey) {
    return ask(request(path).header("Authorization", "Bearer " + apiKey).DELETE());
  }

  public Answer post(String path, String apiKey) {
    return ask(
        request(path).header("Authorization", "Bearer " + apiKey).POST(BodyPublishers.noBody()));
  }

  /** With a JSON body. */
  public Answer post(String path, String apiKey, String body) {
    return ask(
        request(path)
            .header("Authorization", "Bearer " + apiKey)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body)));
  }

  public Answer refresh(String refreshToken) {
    return send("POST", "/auth/refresh", "{\"refresh_token\":\"" + refreshToken + "\"}");
  }

  /** Without a credential, with a JSON body. */
  public Answer send(String method, String path, String body) {
    return ask(
        request(path)
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofString(body)));
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port.getAsInt() + path))
        .timeout(PATIENCE);
  }

  private static Answer ask(HttpRequest.Builder request) {
    try {
      HttpResponse<String> response = HTTP.send(request.build(), BodyHandlers.ofString());
      return new Answer(response.statusCode(), json(response.body()), response.body());
    } catch (IOException failed) {
      return new Answer(0, MissingNode.getInstance(), failed.toString());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while asking", interrupted);
    }
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException _) {
      return MissingNode.getInstance();
    }
  }
}
