package relay.core.settings;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the public listener allows before anybody has shown who they are.
 *
 * @param maxConnections most sockets of this node; an upgrade past it is answered 503
 * @param upgradesPerIp how often one address may ask for an upgrade (pyrycode 6.1); null is off
 */
public record LimitSettings(int maxConnections, @Nullable UpgradeRate upgradesPerIp) {
  private static final String KEY = "relay.limits.";

  /** So many at once, then one more each time the refill interval passes. */
  public record UpgradeRate(int burst, Duration refill) {
    private static final Pattern TEXT =
        Pattern.compile("(\\d{1,9})\\s*/\\s*(\\d{1,9})\\s*(ms|s|m)");

    public UpgradeRate {
      Expect.positive(KEY + "upgrades-per-ip", burst);
      Expect.positive(KEY + "upgrades-per-ip", refill);
    }

    private static @Nullable UpgradeRate parse(String text) {
      if (text.equals("off")) {
        return null;
      }
      Matcher parts = TEXT.matcher(text);
      if (!parts.matches()) {
        throw new InvalidSetting(
            KEY + "upgrades-per-ip", text, "off, or burst/refill interval such as 20/6s");
      }
      long amount = Long.parseLong(parts.group(2));
      Duration refill =
          switch (parts.group(3)) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            default -> Duration.ofMinutes(amount);
          };
      return new UpgradeRate(Integer.parseInt(parts.group(1)), refill);
    }

    @Override
    public String toString() {
      return burst + "/" + refill.toMillis() + "ms";
    }
  }

  public LimitSettings {
    Expect.positive(KEY + "max-connections", maxConnections);
  }

  static LimitSettings from(Section section) {
    return new LimitSettings(
        section.number("max-connections"),
        UpgradeRate.parse(section.text("upgrades-per-ip").strip()));
  }
}
