package relay.core.settings;

import org.jspecify.annotations.Nullable;

/** What is printed in a secret's place: whether there is one, and nothing else. */
final class Redacted {
  private Redacted() {}

  static String of(@Nullable Object secret) {
    return secret == null ? "(not set)" : "(set)";
  }
}
