package relay.core.endtoend;

import java.time.Instant;

/**
 * A phone that was paired once.
 *
 * @param publicKey its identity, as base64
 * @param isBound whether it has ever tied a proof to a session's keys; nothing less is taken from
 *     it after that, so that no relay can talk the two back into the plain form
 */
public record TrustedDevice(String publicKey, Instant lastSeen, boolean isBound) {
  @Override
  public String toString() {
    return "TrustedDevice(…)";
  }
}
