package relay.core.settings;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigValue;
import java.io.File;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Puts the configuration together: system properties, then the environment's {@code RELAY_…}
 * variables, then the file named in {@code RELAY_CONFIG} (else {@code conf/relay.conf} of the
 * installation), then what is packaged.
 */
public final class SettingsSource {
  private static final String FILE = "RELAY_CONFIG";
  private static final String INSTALLED = "relay.conf";
  private static final String ORIGIN = "relay environment variable";
  private static final Pattern OURS = Pattern.compile("(PYRYCODE_)?RELAY_[A-Z0-9_]+");

  private SettingsSource() {}

  public static Config load(Map<String, String> environment) {
    Config variables = variables(environment);
    Config packaged =
        ConfigFactory.defaultApplication().withFallback(ConfigFactory.defaultReferenceUnresolved());
    Config whole =
        ConfigFactory.defaultOverrides()
            .withFallback(setByEnvironment(packaged, variables))
            .withFallback(file(environment))
            .withFallback(packaged)
            .withFallback(variables)
            .resolve();
    for (String name : variables.root().keySet()) {
      whole = whole.withoutPath(name);
    }
    return whole;
  }

  /** The keys whose value is a variable: on top, or a file would hide what the shell says. */
  private static Config setByEnvironment(Config packaged, Config variables) {
    Config found = ConfigFactory.empty();
    Config relay = packaged.withFallback(variables).resolve().getConfig("relay");
    for (Map.Entry<String, ConfigValue> entry : relay.entrySet()) {
      if (entry.getValue().origin().description().equals(ORIGIN)) {
        found = found.withValue("relay." + entry.getKey(), entry.getValue());
      }
    }
    return found;
  }

  private static Config variables(Map<String, String> environment) {
    return ConfigFactory.parseMap(
        environment.entrySet().stream()
            .filter(variable -> OURS.matcher(variable.getKey()).matches())
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)),
        ORIGIN);
  }

  private static Config file(Map<String, String> environment) {
    String name = environment.getOrDefault(FILE, "");
    if (name.isBlank()) {
      return ConfigFactory.parseResources(INSTALLED);
    }
    try {
      return ConfigFactory.parseFile(
          new File(name), ConfigParseOptions.defaults().setAllowMissing(false));
    } catch (ConfigException.IO _) {
      throw new InvalidSetting(FILE, name, "a file that can be read");
    }
  }
}
