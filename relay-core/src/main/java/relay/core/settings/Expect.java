package relay.core.settings;

import java.time.Duration;

/** The checks that settings share; each throws {@link InvalidSetting} and names the key. */
final class Expect {
  private static final int MAX_PORT = 65_535;

  private Expect() {}

  static void port(String key, int value) {
    if (value < 0 || value > MAX_PORT) {
      throw new InvalidSetting(key, value, "a port from 0 to 65535, where 0 takes a free one");
    }
  }

  static void positive(String key, long value) {
    if (value <= 0) {
      throw new InvalidSetting(key, value, "a whole number above 0");
    }
  }

  static void notNegative(String key, long value) {
    if (value < 0) {
      throw new InvalidSetting(key, value, "a whole number of 0 or more");
    }
  }

  static void between(String key, long value, long min, long max) {
    if (value < min || value > max) {
      throw new InvalidSetting(key, value, "a whole number from " + min + " to " + max);
    }
  }

  static void positive(String key, Duration value) {
    if (!value.isPositive()) {
      throw new InvalidSetting(key, value, "a duration above 0, such as 10 s");
    }
  }

  static void notNegative(String key, Duration value) {
    if (value.isNegative()) {
      throw new InvalidSetting(key, value, "a duration of 0 or more, such as 10 s");
    }
  }

  static void notBlank(String key, String value) {
    if (value.isBlank()) {
      throw new InvalidSetting(key, "\"" + value + "\"", "some text");
    }
  }
}
