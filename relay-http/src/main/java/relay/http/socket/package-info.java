/** What a dialect says on one socket, and what it may ask of it. */
@NullMarked
package relay.http.socket;

import org.jspecify.annotations.NullMarked;
