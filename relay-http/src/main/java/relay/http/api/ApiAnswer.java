package relay.http.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import relay.core.log.EventLog;
import relay.core.log.LogKey;

/** Answers of the API: JSON with {@code snake_case} names, what is not there left out. */
public final class ApiAnswer {
  private static final EventLog LOG = EventLog.of(ApiAnswer.class);
  private static final ObjectWriter JSON =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .serializationInclusion(JsonInclude.Include.NON_NULL)
          .build()
          .writer();

  /** As the Mac's client writes and reads it. */
  private static final DateTimeFormatter ISO =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private ApiAnswer() {}

  /**
   * @param body a record of texts, numbers and the like
   */
  public static HttpResponse ok(Object body) {
    try {
      return json(200, JSON.writeValueAsString(body));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(
          body.getClass() + " cannot be written: expected a record of texts and numbers", e);
    }
  }

  static HttpResponse json(int status, String body) {
    return HttpResponse.create()
        .withStatus(status)
        .addHeader(RawHeader.create("Cache-Control", "no-store"))
        .withEntity(
            HttpEntities.create(
                ContentTypes.APPLICATION_JSON, body.getBytes(StandardCharsets.UTF_8)));
  }

  public static HttpResponse error(ApiError error) {
    return json(error.status(), "{\"error\":\"" + error.name() + "\"}");
  }

  public static HttpResponse limited(Duration retryAfter) {
    return error(ApiError.RATE_LIMITED)
        .addHeader(RawHeader.create("Retry-After", Long.toString(retryAfter.toSeconds() + 1)));
  }

  /** The answer once it is there; where something of ours fails to give it, a plain 503. */
  public static CompletionStage<HttpResponse> whenDone(CompletionStage<HttpResponse> answer) {
    return answer.exceptionally(
        failure -> {
          LOG.warn("api_call_failed").with(LogKey.ERR, failure).write();
          return error(ApiError.UNAVAILABLE);
        });
  }

  static String iso(Instant time) {
    return ISO.format(time);
  }
}
