/** What a node asks of its surroundings before it calls itself ready. */
@NullMarked
package relay.core.health;

import org.jspecify.annotations.NullMarked;
