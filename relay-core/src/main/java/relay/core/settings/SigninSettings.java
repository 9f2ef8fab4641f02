package relay.core.settings;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How people sign in with a browser (TermOnMac 1.3).
 *
 * @param publicUrl where browsers reach this relay; null takes it from each request
 * @param loginTimeout how long somebody may take at a provider
 * @param codeLifetime how long a one-time code can be exchanged, at most 5 minutes
 * @param callTimeout for each call to a provider
 * @param maxInFlight how many conversations with providers this node has at once
 */
public record SigninSettings(
    @Nullable URI publicUrl,
    Duration loginTimeout,
    Duration codeLifetime,
    Duration callTimeout,
    int maxInFlight,
    ProviderSettings providers) {
  private static final String KEY = "relay.signin.";
  private static final Duration LONGEST_CODE = Duration.ofMinutes(5);

  public SigninSettings {
    Expect.positive(KEY + "login-timeout", loginTimeout);
    Expect.positive(KEY + "code-lifetime", codeLifetime);
    Expect.positive(KEY + "call-timeout", callTimeout);
    Expect.positive(KEY + "max-in-flight", maxInFlight);
    if (codeLifetime.compareTo(LONGEST_CODE) > 0) {
      throw new InvalidSetting(KEY + "code-lifetime", codeLifetime, "at most 5 minutes");
    }
    if (publicUrl != null && !publicUrl.toString().matches("https?://[^/?#@]+(/[^?#]*)?")) {
      throw new InvalidSetting(
          KEY + "public-url", publicUrl, "an http or https address, such as https://relay.example");
    }
  }

  static SigninSettings from(Section section) {
    return new SigninSettings(
        section.optionalText("public-url").isPresent() ? section.address("public-url") : null,
        section.duration("login-timeout"),
        section.duration("code-lifetime"),
        section.duration("call-timeout"),
        section.number("max-in-flight"),
        ProviderSettings.from(section.section("providers")));
  }
}
