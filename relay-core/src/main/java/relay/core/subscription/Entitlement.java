package relay.core.subscription;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A tier, until when, and why.
 *
 * @param expiresAt null does not expire
 * @param productId what was bought, or null where it was granted
 */
public record Entitlement(Tier tier, @Nullable Instant expiresAt, @Nullable String productId) {
  static final Entitlement FREE = new Entitlement(Tier.FREE, null, null);

  boolean isValidAt(Instant now) {
    return expiresAt == null || now.isBefore(expiresAt);
  }

  /** The better tier; of one tier what lasts longer. */
  Entitlement orBetter(Entitlement other) {
    int better = tier.compareTo(other.tier);
    return better > 0 || (better == 0 && !expiresBefore(other)) ? this : other;
  }

  private boolean expiresBefore(Entitlement other) {
    return expiresAt != null && (other.expiresAt == null || expiresAt.isBefore(other.expiresAt));
  }
}
