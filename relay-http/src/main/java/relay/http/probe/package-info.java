/** A client of the relay's own, which tries a running relay from both ends. */
@NullMarked
package relay.http.probe;

import org.jspecify.annotations.NullMarked;
