package relay.core.settings;

/**
 * What the public listener allows.
 *
 * @param maxConnections most sockets of this node; an upgrade past it is answered 503
 * @param rates how often one address, account or token may ask for something
 */
public record LimitSettings(int maxConnections, Rates rates) {
  private static final long SPARE_CONNECTIONS = 1_000;
  private static final String KEY = "relay.limits.";

  public LimitSettings {
    Expect.positive(KEY + "max-connections", maxConnections);
  }

  static LimitSettings from(Section section) {
    return new LimitSettings(section.number("max-connections"), Rates.from(section));
  }

  /**
   * Most connections of the public listener at once: every socket, and some that are not or not yet
   * one.
   */
  public long maxOpen() {
    return maxConnections + SPARE_CONNECTIONS;
  }
}
