/** How often something may happen; values, with time passed in. */
@NullMarked
package relay.core.limits;

import org.jspecify.annotations.NullMarked;
