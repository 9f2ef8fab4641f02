/**
 * The TermOnMac dialect at the edge: its route, and what it says on a Mac's or a phone's socket.
 */
@NullMarked
package relay.http.socket.termonmac;

import org.jspecify.annotations.NullMarked;
