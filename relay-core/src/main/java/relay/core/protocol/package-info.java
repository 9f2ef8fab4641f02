/** What dialects share: keys that are handed on, and JSON read in place, without a tree of it. */
@NullMarked
package relay.core.protocol;

import org.jspecify.annotations.NullMarked;
