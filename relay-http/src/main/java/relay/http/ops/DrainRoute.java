package relay.http.ops;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.server.AllDirectives;
import org.apache.pekko.http.javadsl.server.Route;
import org.apache.pekko.http.javadsl.unmarshalling.Unmarshaller;

/** {@code POST /relay/drain}: takes this node out of service, then ends it. */
final class DrainRoute extends AllDirectives {
  private static final int MAX_SECONDS = 3_600;
  private static final int MAX_BODY_BYTES = 1_024;
  private static final ObjectReader JSON = new ObjectMapper().reader();

  private final OpsPorts node;

  private record Answer(String state, long overSeconds) {}

  DrainRoute(OpsPorts node) {
    this.node = node;
  }

  Route route() {
    return path(
        "drain",
        () ->
            post(
                () ->
                    withSizeLimit(
                        MAX_BODY_BYTES,
                        () ->
                            entity(
                                Unmarshaller.entityToString(),
                                body ->
                                    complete(
                                        overSeconds(body)
                                            .map(this::begin)
                                            .orElseGet(
                                                () -> OpsAnswer.error(OpsError.BAD_REQUEST)))))));
  }

  private HttpResponse begin(long seconds) {
    node.leave().accept(Duration.ofSeconds(seconds));
    return OpsAnswer.json(
        202, new Answer(node.drain().state().name().toLowerCase(Locale.ROOT), seconds));
  }

  private static Optional<Long> overSeconds(String body) {
    if (body.isBlank()) {
      return Optional.of(0L);
    }
    try {
      JsonNode seconds = JSON.readTree(body).path("over_seconds");
      if (seconds.isMissingNode() || seconds.isNull()) {
        return Optional.of(0L);
      }
      return Optional.of(seconds)
          .filter(it -> it.isIntegralNumber() && it.canConvertToInt())
          .map(JsonNode::longValue)
          .filter(it -> it >= 0 && it <= MAX_SECONDS);
    } catch (JsonProcessingException _) {
      return Optional.empty();
    }
  }
}
