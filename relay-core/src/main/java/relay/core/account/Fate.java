package relay.core.account;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What becomes of an account whose deletion may be complete, as it says itself. */
public sealed interface Fate {
  /**
   * What was on its way when the account was deleted, or when that became final, is there by then:
   * commands, and sockets that had been let in.
   */
  Duration LINGER = Duration.ofMinutes(1);

  /** It is not being deleted, or there is none. */
  record Stays() implements Fate {}

  /** Its deletion can still be undone; it is to be asked again then. */
  record Waits(Instant until) implements Fate {}

  /** It is gone for good, and so is to go all that belonged to it. */
  record Ends() implements Fate {}

  static Fate of(AccountAnswer.ToDescribe answer) {
    return switch (answer) {
      case AccountAnswer.Unknown(var isErased) -> isErased ? new Ends() : new Stays();
      case AccountAnswer.Described described -> ofPresent(described.erasedAfter());
    };
  }

  /** When to ask an account that may be erased from then on. */
  static Instant dueAt(Instant erasedAfter) {
    return erasedAfter.plus(LINGER);
  }

  private static Fate ofPresent(@Nullable Instant erasedAfter) {
    return erasedAfter == null ? new Stays() : new Waits(dueAt(erasedAfter));
  }
}
