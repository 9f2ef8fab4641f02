package relay.core.settings;

import org.jspecify.annotations.Nullable;

/**
 * The HTTP API of TermOnMac.
 *
 * @param sandboxKey what clients of a relay that is not for everybody send as {@code
 *     X-Sandbox-Key}, which is a secret; null lets everybody in (TermOnMac 1.1)
 */
public record ApiSettings(@Nullable String sandboxKey) {

  static ApiSettings from(Section section) {
    return new ApiSettings(section.optionalText("sandbox-key").orElse(null));
  }

  @Override
  public String toString() {
    return "ApiSettings[sandboxKey=" + Redacted.of(sandboxKey) + "]";
  }
}
