package relay.core.settings;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigValueType;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Reads the keys below one path and names the full key when a value does not fit.
 *
 * <p>Empty text counts as not set, since that is how an empty environment variable arrives.
 */
final class Section {
  private final Config config;
  private final String path;

  Section(Config config, String path) {
    this.config = config;
    this.path = path;
  }

  Section section(String key) {
    return new Section(config, path + "." + key);
  }

  /** The keys right below this path. */
  Set<String> names() {
    return config.getObject(path).keySet();
  }

  String text(String key) {
    return read(key, "text", config::getString);
  }

  Optional<String> optionalText(String key) {
    return config.hasPath(full(key))
        ? Optional.of(text(key)).filter(text -> !text.isBlank())
        : Optional.empty();
  }

  int number(String key) {
    return read(key, "a whole number", config::getInt);
  }

  boolean flag(String key) {
    return read(key, "on or off", config::getBoolean);
  }

  Duration duration(String key) {
    return read(key, "a duration with its unit, such as 30 s", config::getDuration);
  }

  long bytes(String key) {
    return read(key, "a size with its unit, such as 256 KiB", config::getBytes);
  }

  int smallBytes(String key) {
    long bytes = bytes(key);
    if (bytes > Integer.MAX_VALUE) {
      throw new InvalidSetting(full(key), bytes, "a size below 2 GiB");
    }
    return (int) bytes;
  }

  URI address(String key) {
    String text = text(key);
    try {
      URI address = new URI(text);
      if (address.getHost() != null) {
        return address;
      }
    } catch (URISyntaxException _) {
      // Not told apart from an address without a host.
    }
    throw new InvalidSetting(full(key), text, "an address such as https://example.org");
  }

  /** A list, or text with commas between its items, which is how the environment writes one. */
  List<String> list(String key) {
    Stream<String> items =
        read(key, "a list, or text with commas", config::getValue).valueType()
                == ConfigValueType.LIST
            ? read(key, "a list of texts", config::getStringList).stream()
            : Arrays.stream(text(key).split(",", -1));
    return items.map(String::strip).filter(item -> !item.isEmpty()).toList();
  }

  String full(String key) {
    return path + "." + key;
  }

  private <T> T read(String key, String expected, Function<String, T> getter) {
    String full = full(key);
    try {
      return getter.apply(full);
    } catch (ConfigException.Missing _) {
      throw new InvalidSetting(full, null, expected);
    } catch (ConfigException.WrongType | ConfigException.BadValue _) {
      throw new InvalidSetting(
          full, config.hasPath(full) ? config.getValue(full).unwrapped() : null, expected);
    }
  }
}
