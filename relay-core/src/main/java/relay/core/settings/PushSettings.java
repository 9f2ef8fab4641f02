package relay.core.settings;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Push wakes of the pyrycode dialect; defaults are those of its protocol document, section 7.
 *
 * @param credentials a Google service account's JSON key, which is a secret; null turns push off
 * @param endpoint where Firebase Cloud Messaging answers
 * @param project the Firebase project whose devices are woken
 * @param burst how many wakes a server-id may ask for at once, 6
 * @param refillInterval how long a server-id waits for one more, 10 s
 * @param maxInFlight how many wakes may be under way on this node, 32
 * @param timeout for each HTTP call, 10 s
 */
public record PushSettings(
    @Nullable String credentials,
    URI endpoint,
    String project,
    int burst,
    Duration refillInterval,
    int maxInFlight,
    Duration timeout) {
  private static final String KEY = "relay.push.";

  public PushSettings {
    Expect.notBlank(KEY + "project", project);
    Expect.positive(KEY + "burst", burst);
    Expect.positive(KEY + "refill-interval", refillInterval);
    Expect.positive(KEY + "max-in-flight", maxInFlight);
    Expect.positive(KEY + "timeout", timeout);
  }

  static PushSettings from(Section section) {
    return new PushSettings(
        section.optionalText("credentials").orElse(null),
        section.address("endpoint"),
        section.text("project"),
        section.number("burst"),
        section.duration("refill-interval"),
        section.number("max-in-flight"),
        section.duration("timeout"));
  }

  public static PushSettings defaults(@Nullable String credentials) {
    return new PushSettings(
        credentials,
        URI.create("https://fcm.googleapis.com"),
        "pyrycode-mobile",
        6,
        Duration.ofSeconds(10),
        32,
        Duration.ofSeconds(10));
  }

  public boolean isOn() {
    return credentials != null;
  }

  /** Says of the credentials only whether there are any. */
  @Override
  public String toString() {
    return "PushSettings[credentials="
        + Redacted.of(credentials)
        + (", endpoint=" + endpoint + ", project=" + project)
        + (", burst=" + burst + ", refillInterval=" + refillInterval)
        + (", maxInFlight=" + maxInFlight + ", timeout=" + timeout + "]");
  }
}
