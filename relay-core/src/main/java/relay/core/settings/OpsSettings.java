package relay.core.settings;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The operators' listener.
 *
 * @param port 0 takes a free one
 * @param adminToken what operators send as bearer token; null leaves the routes open, so that the
 *     listener is then bound to loopback only
 */
public record OpsSettings(String host, int port, @Nullable String adminToken) {
  private static final String KEY = "relay.ops.";
  private static final Pattern LOOPBACK =
      Pattern.compile("localhost|\\[?::1]?|127(\\.(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)){3}");
  private static final Pattern VISIBLE = Pattern.compile("[\\x21-\\x7e]+");

  public OpsSettings {
    Expect.notBlank(KEY + "host", host);
    Expect.port(KEY + "port", port);
    if (adminToken == null && !LOOPBACK.matcher(host).matches()) {
      throw new InvalidSetting(
          KEY + "host", host, "a loopback address, since relay.ops.admin-token is not set");
    }
    if (adminToken != null && !VISIBLE.matcher(adminToken).matches()) {
      throw new InvalidSetting(KEY + "admin-token", "(hidden)", "visible ASCII without spaces");
    }
  }

  static OpsSettings from(Section section) {
    return new OpsSettings(
        section.text("host"),
        section.number("port"),
        section.optionalText("admin-token").orElse(null));
  }

  @Override
  public String toString() {
    return "OpsSettings[host="
        + host
        + ", port="
        + port
        + ", adminToken="
        + Redacted.of(adminToken)
        + "]";
  }
}
