/** What the pyrycode relay and its binaries say to each other; pure, and blind to frames. */
@NullMarked
package relay.core.protocol.pyrycode;

import org.jspecify.annotations.NullMarked;
