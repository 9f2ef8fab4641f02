package relay.core.subscription;

import java.time.Instant;

/**
 * One of the rooms that an account has registered (TermOnMac 4.10).
 *
 * @param seenAt when its Mac was last there; the lease ends some time after it
 */
public record RoomLease(String roomId, Instant createdAt, Instant seenAt) {}
