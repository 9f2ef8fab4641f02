package relay.http.signin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The name that Apple sends beside its first answer, through the browser and so on nobody's word.
 */
final class AppleName {
  private static final ObjectReader JSON = new ObjectMapper().reader();

  private AppleName() {}

  static Optional<String> of(String user) {
    try {
      JsonNode name = JSON.readTree(user).path("name");
      String whole =
          Stream.of(name.path("firstName"), name.path("lastName"))
              .map(JsonNode::asText)
              .filter(part -> !part.isBlank())
              .collect(Collectors.joining(" "));
      return Optional.of(whole).filter(it -> !it.isEmpty());
    } catch (JsonProcessingException _) {
      return Optional.empty();
    }
  }
}
