package relay.core.subscription;

import java.time.Instant;

/**
 * The latest report of a socket, so that its repetition is recognised.
 *
 * @param isEnded whether it was the last one
 */
public record Meter(MeterId id, long sequence, boolean isEnded, Instant reportedAt) {}
