/** The curve on which the clients of both dialects agree on their keys, from the JDK. */
@NullMarked
package relay.core.x25519;

import org.jspecify.annotations.NullMarked;
