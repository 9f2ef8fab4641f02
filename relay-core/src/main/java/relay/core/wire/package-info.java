/** What nodes say to each other: the marker of cluster messages and the batch of relayed frames. */
@NullMarked
package relay.core.wire;

import org.jspecify.annotations.NullMarked;
