/** Applies core's limits to requests before they become sockets. */
@NullMarked
package relay.http.throttle;

import org.jspecify.annotations.NullMarked;
