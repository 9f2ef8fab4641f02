package relay.core.settings;

/**
 * What the public listener allows.
 *
 * @param maxConnections most sockets of this node; an upgrade past it is answered 503
 * @param rates how often one address, account or token may ask for something
 */
public record LimitSettings(int maxConnections, Rates rates) {
  private static final String KEY = "relay.limits.";

  public LimitSettings {
    Expect.positive(KEY + "max-connections", maxConnections);
  }

  static LimitSettings from(Section section) {
    return new LimitSettings(section.number("max-connections"), Rates.from(section));
  }
}
