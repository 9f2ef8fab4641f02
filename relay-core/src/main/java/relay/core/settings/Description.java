package relay.core.settings;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import relay.core.limits.Limit;
import relay.core.settings.HttpSettings.TlsFiles;

/**
 * Renders nested settings as {@code key = value} lines; a record's component names are its keys.
 */
final class Description {
  private static final Set<String> SECRETS =
      Set.of(
          "relay.ops.admin-token",
          "relay.storage.password",
          "relay.push.credentials",
          "relay.api.sandbox-key",
          "relay.signin.providers.apple.private-key");
  private static final String SECRET_OF_A_PROVIDER = ".client-secret";
  private static final String PASSWORD_IN_URL = "(?i)(password=)[^&;]*";

  private Description() {}

  static String of(String key, Record settings) {
    return lines(key, settings).collect(Collectors.joining("\n"));
  }

  private static Stream<String> lines(String key, Record settings) {
    return Stream.of(settings.getClass().getRecordComponents())
        .flatMap(
            part ->
                switch (value(part, settings)) {
                  case Rates rates -> lines(key, rates);
                  case Map<?, ?> named -> lines(key, named);
                  case null, default ->
                      lines(key + "." + kebab(part.getName()), part, value(part, settings));
                });
  }

  /** They stand beside the record's other components, since their names are keys. */
  private static Stream<String> lines(String key, Map<?, ?> named) {
    return named.entrySet().stream()
        .filter(entry -> entry.getValue() instanceof Record)
        .flatMap(entry -> lines(key + "." + entry.getKey(), (Record) entry.getValue()));
  }

  private static Stream<String> lines(String key, Rates rates) {
    return Stream.of(Limit.values())
        .map(limit -> key + "." + limit.key() + " = " + rates.text(limit));
  }

  private static Stream<String> lines(String key, RecordComponent part, @Nullable Object value) {
    if (value instanceof Record nested) {
      return lines(key, nested);
    }
    if (part.getType().equals(TlsFiles.class)) {
      return Stream.of(TlsFiles.class.getRecordComponents())
          .map(file -> key + "." + kebab(file.getName()) + " = (not set)");
    }
    return Stream.of(key + " = " + (isSecret(key) ? Redacted.of(value) : text(value)));
  }

  private static boolean isSecret(String key) {
    return SECRETS.contains(key) || key.endsWith(SECRET_OF_A_PROVIDER);
  }

  private static String text(@Nullable Object value) {
    return switch (value) {
      case null -> "(not set)";
      case Duration duration when duration.toMillis() % 1000 == 0 -> duration.toSeconds() + " s";
      case Duration duration -> duration.toMillis() + " ms";
      case List<?> items -> items.isEmpty() ? "(none)" : String.join(", ", texts(items));
      case Boolean flag -> flag ? "on" : "off";
      default -> value.toString().replaceAll(PASSWORD_IN_URL, "$1(set)");
    };
  }

  private static List<String> texts(List<?> items) {
    return items.stream().map(Object::toString).toList();
  }

  private static @Nullable Object value(RecordComponent part, Record settings) {
    try {
      return part.getAccessor().invoke(settings);
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException(part + " cannot be read: expected a public accessor", e);
    }
  }

  private static String kebab(String name) {
    return name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
  }
}
