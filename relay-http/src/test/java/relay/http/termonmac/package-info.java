/**
 * What TermOnMac's clients need of the relay: its wire shapes and rules, told by raw sockets; and
 * with peers that behave like the real ones, the list of 12.4, the traps of 0.3 and the timelines
 * of appendix B, on one node, on two, and on one that was killed.
 */
@NullMarked
package relay.http.termonmac;

import org.jspecify.annotations.NullMarked;
