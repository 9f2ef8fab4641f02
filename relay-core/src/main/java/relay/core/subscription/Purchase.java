package relay.core.subscription;

import java.time.Instant;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * The latest the store has said of one transaction.
 *
 * @param subscription shared by all renewals of what was bought
 * @param expiresAt null for what is bought once
 * @param isRevoked whether it was refunded, or taken back otherwise
 */
public record Purchase(
    String subscription,
    String transaction,
    String productId,
    Tier tier,
    @Nullable Instant expiresAt,
    boolean isRevoked,
    Instant signedAt) {
  private static final Comparator<Purchase> LAST_WORD =
      Comparator.comparing(Purchase::signedAt)
          .thenComparing(Purchase::isRevoked)
          .thenComparing(Purchase::expiresAt, Comparator.nullsLast(Comparator.naturalOrder()))
          .thenComparing(Purchase::tier);

  static Purchase of(StoreTransaction transaction, Tier tier) {
    return new Purchase(
        transaction.originalId(),
        transaction.id(),
        transaction.productId(),
        tier,
        transaction.expiresAt(),
        transaction.revokedAt() != null,
        transaction.signedAt());
  }

  /**
   * What the store lets its subscriber have while it waits for a renewal: as if it were one more
   * transaction, so that neither covers what is said of the other.
   */
  static Purchase inGrace(StoreTransaction transaction, Tier tier, Instant until) {
    return new Purchase(
        transaction.originalId(),
        transaction.id() + "#grace",
        transaction.productId(),
        tier,
        until,
        false,
        transaction.signedAt());
  }

  /** Whether this is the store's last word; of what it says at once, a revocation is. */
  boolean overrides(Purchase other) {
    return LAST_WORD.compare(this, other) > 0;
  }

  boolean isExpiredAt(Instant now) {
    return expiresAt != null && !now.isBefore(expiresAt);
  }

  Entitlement entitlement() {
    return new Entitlement(tier, expiresAt, productId);
  }
}
