package relay.http.app;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where a setting comes from, strongest first: system properties, the file named in {@code
 * RELAY_CONFIG} (else {@code conf/relay.conf} of the installation), environment variables,
 * defaults.
 */
final class ConfigLayers {
  private ConfigLayers() {}

  /**
   * @throws ConfigException if a file is missing, unreadable or malformed
   */
  static Config load(@Nullable String file) {
    Config chosen =
        file == null || file.isEmpty()
            ? ConfigFactory.parseResources("relay.conf")
            : ConfigFactory.parseFile(
                Path.of(file).toFile(), ConfigParseOptions.defaults().setAllowMissing(false));
    return ConfigFactory.defaultOverrides()
        .withFallback(chosen)
        .withFallback(ConfigFactory.parseResources("application.conf"))
        .withFallback(ConfigFactory.defaultReferenceUnresolved())
        .resolve();
  }
}
