package relay.core.subscription;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A purchase as the store has signed it (TermOnMac 5.1); its signature has been verified.
 *
 * @param originalId shared by all renewals of one subscription
 * @param expiresAt null for what is bought once
 * @param revokedAt when the store took it back, or null
 * @param signedAt when the store said so; what it says later counts more
 */
public record StoreTransaction(
    String productId,
    String id,
    String originalId,
    @Nullable Instant expiresAt,
    @Nullable Instant revokedAt,
    Instant signedAt) {
  private static final int MAX_TEXT = 255;

  public StoreTransaction {
    check(productId);
    check(id);
    check(originalId);
  }

  /** The same, as the store said it then. */
  StoreTransaction saidAt(Instant time) {
    return new StoreTransaction(productId, id, originalId, expiresAt, revokedAt, time);
  }

  StoreTransaction revokedBy(Instant time) {
    return new StoreTransaction(productId, id, originalId, expiresAt, time, signedAt);
  }

  private static void check(String text) {
    if (text.isEmpty() || text.length() > MAX_TEXT) {
      throw new IllegalArgumentException(
          "an id of " + text.length() + " characters: it must have 1 to " + MAX_TEXT);
    }
  }
}
