package relay.http.ops;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import java.util.Optional;

/** The fields of a request's body, which is a JSON object; what does not fit is BAD_REQUEST. */
final class OpsBody {
  private static final ObjectReader JSON = new ObjectMapper().reader();

  private final JsonNode object;

  private OpsBody(JsonNode object) {
    this.object = object;
  }

  static OpsBody parse(String body) {
    try {
      JsonNode read = JSON.readTree(body);
      if (read.isObject()) {
        return new OpsBody(read);
      }
    } catch (JsonProcessingException _) {
      // Not told apart from JSON that is no object.
    }
    throw new OpsFailure(OpsError.BAD_REQUEST);
  }

  Optional<String> text(String name) {
    return present(name).map(value -> checked(value, value.isTextual()).textValue());
  }

  Optional<Long> whole(String name) {
    return present(name)
        .map(
            value ->
                checked(value, value.isIntegralNumber() && value.canConvertToLong()).longValue());
  }

  private Optional<JsonNode> present(String name) {
    JsonNode value = object.path(name);
    return value.isMissingNode() || value.isNull() ? Optional.empty() : Optional.of(value);
  }

  private static JsonNode checked(JsonNode value, boolean fits) {
    if (!fits) {
      throw new OpsFailure(OpsError.BAD_REQUEST);
    }
    return value;
  }
}
