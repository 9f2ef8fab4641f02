package relay.core.settings;

import org.jspecify.annotations.Nullable;

/** A setting that the relay refuses to start with; the message names key, value and expectation. */
public final class InvalidSetting extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  InvalidSetting(String key, @Nullable Object value, String expected) {
    super(key + " = " + value + ": expected " + expected);
  }
}
