/** HTTP calls to services of others, bounded in time and bytes. */
@NullMarked
package relay.http.outgoing;

import org.jspecify.annotations.NullMarked;
