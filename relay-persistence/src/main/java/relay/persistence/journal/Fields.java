package relay.persistence.journal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import relay.core.account.AccountId;

/** The fields of one stored object; a missing or odd one is named, its value is not. */
record Fields(JsonNode node) {

  static void put(ObjectNode node, String name, Instant value) {
    node.put(name, value.toString());
  }

  String text(String name) {
    JsonNode value = node.path(name);
    if (!value.isTextual()) {
      throw unreadable(name, "text");
    }
    return value.textValue();
  }

  @Nullable String optionalText(String name) {
    return node.has(name) ? text(name) : null;
  }

  long number(String name) {
    JsonNode value = node.path(name);
    if (!value.isIntegralNumber() || !value.canConvertToLong()) {
      throw unreadable(name, "a whole number");
    }
    return value.longValue();
  }

  @Nullable Long optionalNumber(String name) {
    return node.has(name) ? Long.valueOf(number(name)) : null;
  }

  int smallNumber(String name) {
    JsonNode value = node.path(name);
    if (!value.isIntegralNumber() || !value.canConvertToInt()) {
      throw unreadable(name, "a whole number of 32 bits");
    }
    return value.intValue();
  }

  Instant instant(String name) {
    try {
      return Instant.parse(text(name));
    } catch (DateTimeParseException _) {
      throw unreadable(name, "a time");
    }
  }

  AccountId account(String name) {
    return AccountId.parse(text(name)).orElseThrow(() -> unreadable(name, "an account id"));
  }

  boolean flag(String name) {
    JsonNode value = node.path(name);
    if (!value.isBoolean()) {
      throw unreadable(name, "true or false");
    }
    return value.booleanValue();
  }

  Optional<Instant> optionalInstant(String name) {
    return node.has(name) ? Optional.of(instant(name)) : Optional.empty();
  }

  Fields object(String name) {
    JsonNode value = node.path(name);
    if (!value.isObject()) {
      throw unreadable(name, "an object");
    }
    return new Fields(value);
  }

  Optional<Fields> optionalObject(String name) {
    return node.has(name) ? Optional.of(object(name)) : Optional.empty();
  }

  <T> List<T> list(String name, Function<Fields, T> element) {
    JsonNode value = node.path(name);
    if (!value.isArray()) {
      throw unreadable(name, "a list");
    }
    return StreamSupport.stream(value.spliterator(), false)
        .map(it -> element.apply(new Fields(it)))
        .toList();
  }

  static IllegalArgumentException unreadable(String name, String expected) {
    return new IllegalArgumentException("field '" + name + "': expected " + expected);
  }
}
