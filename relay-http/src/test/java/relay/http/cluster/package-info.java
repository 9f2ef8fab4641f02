/** Several relays as one. */
@NullMarked
package relay.http.cluster;

import org.jspecify.annotations.NullMarked;
