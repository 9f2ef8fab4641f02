package relay.http.app;

import com.fasterxml.jackson.core.JsonProcessingException;
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
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import relay.core.settings.OpsSettings;

/** Calls the ops API of a running relay, for commands. */
final class OpsClient {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final String address;
  private final @Nullable String token;

  private OpsClient(String address, @Nullable String token) {
    this.address = address;
    this.token = token;
  }

  /** The relay said no, or said nothing; the message is for the person who asked. */
  static final class Refused extends Exception {
    private static final long serialVersionUID = 1L;

    Refused(String message) {
      super(message);
    }
  }

  /**
   * @param address where the ops listener is, or null for where the settings put it
   */
  static OpsClient of(@Nullable URI address, OpsSettings settings) {
    String host = settings.host().contains(":") ? "[" + settings.host() + "]" : settings.host();
    return new OpsClient(
        address == null
            ? "http://" + host.replace("0.0.0.0", "127.0.0.1") + ":" + settings.port()
            : address.toString().replaceAll("/+$", ""),
        settings.adminToken());
  }

  /** The answer's body; a call that changes something is safe to be repeated by the client. */
  JsonNode call(String method, String path, @Nullable Object body) throws Refused {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(address + path))
            .timeout(PATIENCE)
            .header("Idempotency-Key", UUID.randomUUID().toString())
            .method(
                method,
                body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(written(body)));
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    try (HttpClient http = HttpClient.newHttpClient()) {
      return answer(http.send(request.build(), BodyHandlers.ofString()));
    } catch (IOException e) {
      throw new Refused(
          "no relay answers at " + address + ": is it running, and its ops listener there?");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Refused("interrupted");
    }
  }

  private static JsonNode answer(HttpResponse<String> response) throws Refused {
    JsonNode body;
    try {
      body = JSON.readTree(response.body());
    } catch (JsonProcessingException e) {
      throw new Refused(
          "status " + response.statusCode() + " and no JSON: is that a relay's ops listener?");
    }
    if (response.statusCode() >= 400) {
      throw new Refused(
          body.path("error").asText("status " + response.statusCode())
              + ": "
              + body.path("message").asText(""));
    }
    return body;
  }

  private static String written(Object body) {
    try {
      return JSON.writeValueAsString(body);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(body + " cannot be written", e);
    }
  }
}
