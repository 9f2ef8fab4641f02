/**
 * RFC 6455 on bytes: parsing, rendering and the close handshake, with no channel and no dialect.
 */
@NullMarked
package relay.http.frame;

import org.jspecify.annotations.NullMarked;
