package relay.core.subscription;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The store tells of a purchase; its signature has been verified (TermOnMac 5.3).
 *
 * @param uuid by which it is handled once
 * @param type in the store's words, such as {@code DID_RENEW}
 * @param graceUntil how long the store waits for a renewal that could not be charged, or null
 */
public record StoreNotification(
    String uuid,
    String type,
    @Nullable String subtype,
    Instant signedAt,
    StoreTransaction transaction,
    @Nullable Instant graceUntil) {
  private static final int MAX_UUID = 64;

  public StoreNotification {
    if (uuid.isEmpty() || uuid.length() > MAX_UUID) {
      throw new IllegalArgumentException(
          "a uuid of " + uuid.length() + " characters: it must have 1 to " + MAX_UUID);
    }
  }

  StoreNotice notice() {
    return StoreNotice.of(type, subtype);
  }
}
