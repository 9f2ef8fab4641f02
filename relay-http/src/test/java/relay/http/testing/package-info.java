/** Clients for tests that talk to a running relay over real sockets. */
@NullMarked
package relay.http.testing;

import org.jspecify.annotations.NullMarked;
