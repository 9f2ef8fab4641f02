package relay.core.limits;

import java.time.Duration;

/** Whether a limit lets something happen now. */
public sealed interface LimitDecision {

  /** It may happen, and has been charged for. */
  record Allowed() implements LimitDecision {}

  /** It may not happen before this time has passed. */
  record Denied(Duration retryAfter) implements LimitDecision {}

  default boolean isAllowed() {
    return this instanceof Allowed;
  }
}
