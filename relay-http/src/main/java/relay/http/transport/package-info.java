/** Netty behind a seam: the public listener, its HTTP phase, and the sockets that follow a 101. */
@NullMarked
package relay.http.transport;

import org.jspecify.annotations.NullMarked;
