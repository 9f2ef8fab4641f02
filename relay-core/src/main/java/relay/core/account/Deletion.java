package relay.core.account;

import java.time.Instant;

/**
 * An account that is being deleted.
 *
 * @param erasedAfter how long that can be undone
 */
public record Deletion(Instant at, Instant erasedAfter) {}
