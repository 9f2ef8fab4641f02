/** What a frame and a join may cost, as counts that are the same on every machine. */
@NullMarked
package relay.http.counting;

import org.jspecify.annotations.NullMarked;
