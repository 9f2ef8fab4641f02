/**
 * The pyrycode dialect at the edge: its routes, and what it says on a binary's or a phone's socket.
 */
@NullMarked
package relay.http.socket.pyrycode;

import org.jspecify.annotations.NullMarked;
