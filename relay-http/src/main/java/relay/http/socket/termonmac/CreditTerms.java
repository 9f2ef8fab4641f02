package relay.http.socket.termonmac;

import java.time.Duration;

/**
 * How sockets are charged.
 *
 * @param creditsPerFrame 0 charges nothing for frames
 * @param leaseCredits how much a socket lends itself while nobody answers
 * @param flushInterval longest that it keeps frames it has relayed to itself
 */
public record CreditTerms(int creditsPerFrame, long leaseCredits, Duration flushInterval) {}
