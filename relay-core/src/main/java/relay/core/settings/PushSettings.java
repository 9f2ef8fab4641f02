package relay.core.settings;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Waking phones through FCM (pyrycode 7).
 *
 * @param credentials a whole service-account key as JSON; null is push off (section 7.3)
 * @param endpoint where messages are sent, without the path
 * @param project the project that owns the phones' tokens
 * @param burst wakes a server-id may ask for at once, 6 (section 7.2)
 * @param refill after which it may ask for one more, 10 s (section 7.2)
 * @param maxInFlight wakes of this node under way, 32 (section 7.2)
 * @param timeout for one call, 10 s (section 7.3)
 */
public record PushSettings(
    @Nullable String credentials,
    String endpoint,
    String project,
    int burst,
    Duration refill,
    int maxInFlight,
    Duration timeout) {
  private static final String KEY = "relay.push.";

  public PushSettings {
    Expect.notBlank(KEY + "endpoint", endpoint);
    Expect.notBlank(KEY + "project", project);
    Expect.positive(KEY + "burst", burst);
    Expect.positive(KEY + "refill", refill);
    Expect.positive(KEY + "max-in-flight", maxInFlight);
    Expect.positive(KEY + "timeout", timeout);
  }

  static PushSettings from(Section section) {
    return new PushSettings(
        section.optionalText("credentials").orElse(null),
        section.text("endpoint"),
        section.text("project"),
        section.number("burst"),
        section.duration("refill"),
        section.number("max-in-flight"),
        section.duration("timeout"));
  }

  @Override
  public String toString() {
    return "PushSettings[credentials="
        + Redacted.of(credentials)
        + ", endpoint="
        + endpoint
        + ", project="
        + project
        + ", burst="
        + burst
        + ", refill="
        + refill
        + ", maxInFlight="
        + maxInFlight
        + ", timeout="
        + timeout
        + "]";
  }
}
