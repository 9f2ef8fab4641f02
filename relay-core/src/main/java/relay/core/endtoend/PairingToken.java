package relay.core.endtoend;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;

/** What a new phone reads off the Mac's screen: good once, and only until it expires. */
public record PairingToken(String text, Instant expiresAt) implements SharedSecret {
  /** How long a token is good for (TermOnMac 4.7). */
  public static final Duration LIFETIME = Duration.ofMinutes(5);

  public PairingToken {
    if (text.isEmpty()) {
      throw new IllegalArgumentException("a pairing token must not be empty");
    }
  }

  public static PairingToken generate(Instant now, SecureRandom random) {
    return new PairingToken(SharedSecret.generate(random), now.plus(LIFETIME));
  }

  public boolean isActive(Instant now) {
    return now.isBefore(expiresAt);
  }

  @Override
  public String toString() {
    return "PairingToken(…)";
  }
}
