/** What operators see and do: metrics, health, rooms, and taking a node out of service. */
@NullMarked
package relay.http.ops;

import org.jspecify.annotations.NullMarked;
