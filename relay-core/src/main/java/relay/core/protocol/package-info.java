/** What dialects share of their wire formats: JSON read in place, without a tree of it. */
@NullMarked
package relay.core.protocol;

import org.jspecify.annotations.NullMarked;
