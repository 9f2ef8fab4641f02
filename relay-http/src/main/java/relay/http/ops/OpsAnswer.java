package relay.http.ops;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import relay.core.log.EventLog;
import relay.core.log.LogKey;

/** Answers of the ops API: JSON with {@code snake_case} names, errors with a stable code. */
final class OpsAnswer {
  private static final EventLog LOG = EventLog.of(OpsAnswer.class);
  private static final ObjectWriter JSON =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .defaultPropertyInclusion(
              JsonInclude.Value.construct(JsonInclude.Include.ALWAYS, JsonInclude.Include.ALWAYS))
          .build()
          .writer();

  private record ErrorBody(String error, String message) {}

  private OpsAnswer() {}

  static HttpResponse json(int status, Object body) {
    try {
      return empty(status)
          .withEntity(
              HttpEntities.create(ContentTypes.APPLICATION_JSON, JSON.writeValueAsBytes(body)));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(
          body.getClass() + " cannot be written: expected a record of texts and numbers", e);
    }
  }

  static HttpResponse empty(int status) {
    return HttpResponse.create()
        .withStatus(status)
        .addHeader(RawHeader.create("Cache-Control", "no-store"));
  }

  static HttpResponse error(OpsError error) {
    HttpResponse answer = json(error.status(), new ErrorBody(error.name(), error.message()));
    return error == OpsError.UNAUTHORIZED
        ? answer.addHeader(RawHeader.create("WWW-Authenticate", "Bearer"))
        : answer;
  }

  /** The answer once it is there, or the error that kept it from coming. */
  static CompletionStage<HttpResponse> whenDone(CompletionStage<HttpResponse> answer) {
    return answer.exceptionally(OpsAnswer::failed);
  }

  static HttpResponse failed(Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    if (cause instanceof OpsFailure refused) {
      return error(refused.error());
    }
    LOG.error("ops_call_failed").with(LogKey.ERR, cause).write();
    return error(OpsError.INTERNAL_ERROR);
  }
}
