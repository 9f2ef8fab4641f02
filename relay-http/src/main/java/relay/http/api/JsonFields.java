package relay.http.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Optional;

/** The fields of a request's body, which is a JSON object. */
public final class JsonFields {
  private static final ObjectReader JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build().reader();

  private final JsonNode object;

  private JsonFields(JsonNode object) {
    this.object = object;
  }

  public static Optional<JsonFields> parse(String body) {
    try {
      return Optional.ofNullable(JSON.readTree(body))
          .filter(JsonNode::isObject)
          .map(JsonFields::new);
    } catch (JsonProcessingException _) {
      return Optional.empty();
    }
  }

  /** Empty if it is missing or no text; without the blanks around it, which files end with. */
  public Optional<String> text(String name) {
    JsonNode value = object.path(name);
    return value.isTextual() ? Optional.of(value.textValue().strip()) : Optional.empty();
  }
}
