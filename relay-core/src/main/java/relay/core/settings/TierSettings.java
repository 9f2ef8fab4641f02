package relay.core.settings;

/** What each tier allows; defaults are those of TermOnMac 4.10 and 6.3. */
public record TierSettings(Limits free, Limits pro, Limits premium) {
  private static final int MAX_ROOMS = 1_000;

  /**
   * One tier's limits.
   *
   * @param creditsPerWindow in five hours; 0 or less is no limit
   * @param maxRooms rooms of an account at once, 1 to 1,000
   * @param maxSessions terminals that a Mac keeps open at once; below 0 is no limit
   */
  public record Limits(long creditsPerWindow, int maxRooms, int maxSessions) {
    private static Limits from(Section section) {
      int maxRooms = section.number("max-rooms");
      Expect.between(section.full("max-rooms"), maxRooms, 1, MAX_ROOMS);
      return new Limits(
          section.number("credits-per-window"), maxRooms, section.number("max-sessions"));
    }
  }

  static TierSettings from(Section section) {
    return new TierSettings(
        Limits.from(section.section("free")),
        Limits.from(section.section("pro")),
        Limits.from(section.section("premium")));
  }
}
