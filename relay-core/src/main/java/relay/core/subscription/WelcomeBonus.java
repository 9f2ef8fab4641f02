package relay.core.subscription;

import java.time.Instant;

/** Credits granted beside the tier's; what was used of them is kept apart (TermOnMac 6.4). */
public record WelcomeBonus(long credits, Instant createdAt, Instant expiresAt) {

  boolean isValidAt(Instant now) {
    return now.isBefore(expiresAt);
  }
}
