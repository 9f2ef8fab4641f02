package relay.core.settings;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import relay.core.limits.BucketSize;
import relay.core.limits.Limit;

/**
 * How often each {@link Limit} lets something happen: so many at once, then one more each time the
 * refill interval passes.
 *
 * @param sizes a limit that is absent is off
 */
public record Rates(Map<Limit, BucketSize> sizes) {
  private static final Pattern TEXT = Pattern.compile("(\\d{1,9})\\s*/\\s*(\\d{1,9})\\s*(ms|s|m)");

  public Rates {
    sizes = Map.copyOf(sizes);
  }

  static Rates from(Section section) {
    Map<Limit, BucketSize> sizes = new EnumMap<>(Limit.class);
    for (Limit limit : Limit.values()) {
      parse(section.full(limit.key()), section.text(limit.key()).strip())
          .ifPresent(size -> sizes.put(limit, size));
    }
    return new Rates(sizes);
  }

  /** Empty where the limit is off. */
  public Optional<BucketSize> of(Limit limit) {
    return Optional.ofNullable(sizes.get(limit));
  }

  /** As configuration files write it. */
  String text(Limit limit) {
    return of(limit)
        .map(size -> size.capacity() + "/" + size.refillInterval().toMillis() + "ms")
        .orElse("off");
  }

  private static Optional<BucketSize> parse(String key, String text) {
    if (text.equals("off")) {
      return Optional.empty();
    }
    Matcher parts = TEXT.matcher(text);
    if (!parts.matches()) {
      throw new InvalidSetting(key, text, "off, or burst/refill interval such as 20/6s");
    }
    int burst = Integer.parseInt(parts.group(1));
    Duration refill = duration(Long.parseLong(parts.group(2)), parts.group(3));
    Expect.positive(key, burst);
    Expect.positive(key, refill);
    return Optional.of(new BucketSize(burst, refill));
  }

  private static Duration duration(long amount, String unit) {
    return switch (unit) {
      case "ms" -> Duration.ofMillis(amount);
      case "s" -> Duration.ofSeconds(amount);
      default -> Duration.ofMinutes(amount);
    };
  }
}
