package relay.core.subscription;

import java.time.Instant;

/** The store has said that a subscription is over; only what it says later brings it back. */
public record Ending(String subscription, Instant signedAt) {}
