package relay.http.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A notification as the store has signed it.
 *
 * @param type in the store's words
 * @param bought null where it is about no purchase
 * @param graceUntil how long the store waits for a renewal that could not be charged, or null
 */
record SignedNotice(
    String uuid,
    String type,
    @Nullable String subtype,
    Instant signedAt,
    @Nullable Bought bought,
    @Nullable Instant graceUntil) {}
