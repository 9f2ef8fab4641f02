package relay.core.settings;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where events and tables are kept.
 *
 * @param url a PostgreSQL JDBC address; null is an H2 database in {@code dataDir}, for one node
 */
public record StorageSettings(
    @Nullable String url, @Nullable String user, @Nullable String password, Path dataDir) {

  public StorageSettings {
    if (url != null && !url.startsWith("jdbc:")) {
      throw new InvalidSetting("relay.storage.url", "(hidden)", "an address starting with jdbc:");
    }
  }

  static StorageSettings from(Section section) {
    return new StorageSettings(
        section.optionalText("url").orElse(null),
        section.optionalText("user").orElse(null),
        section.optionalText("password").orElse(null),
        Path.of(section.text("data-dir")));
  }

  public boolean isEmbedded() {
    return url == null;
  }

  @Override
  public String toString() {
    return "StorageSettings[url="
        + Redacted.of(url)
        + ", user="
        + user
        + ", password="
        + Redacted.of(password)
        + ", dataDir="
        + dataDir
        + "]";
  }
}
