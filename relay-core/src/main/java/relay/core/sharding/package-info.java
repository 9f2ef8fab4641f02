/** Starts the sharded entities and names them. */
@NullMarked
package relay.core.sharding;

import org.jspecify.annotations.NullMarked;
