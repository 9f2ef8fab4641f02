/**
 * What TermOnMac's clients say to each other behind the relay's back (TermOnMac 10): keys, records,
 * proofs, and the handshake of either side as values and small state machines without a socket, a
 * clock or a source of randomness of their own. The relay never holds any of it.
 */
@NullMarked
package relay.core.endtoend;

import org.jspecify.annotations.NullMarked;
