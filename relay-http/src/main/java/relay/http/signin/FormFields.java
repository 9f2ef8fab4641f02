package relay.http.signin;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Reads {@code application/x-www-form-urlencoded}, which queries are written in too. */
final class FormFields {
  private static final int MAX_FIELDS = 32;

  private FormFields() {}

  /** Of a name that repeats the first counts; empty if it cannot be read. */
  static Optional<Map<String, String>> parse(String text) {
    Map<String, String> fields = new HashMap<>();
    if (text.isEmpty()) {
      return Optional.of(fields);
    }
    String[] parts = text.split("&", MAX_FIELDS + 1);
    if (parts.length > MAX_FIELDS) {
      return Optional.empty();
    }
    try {
      for (String part : parts) {
        int equals = part.indexOf('=');
        String name = equals < 0 ? part : part.substring(0, equals);
        String value = equals < 0 ? "" : part.substring(equals + 1);
        fields.putIfAbsent(decoded(name), decoded(value));
      }
      return Optional.of(fields);
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
