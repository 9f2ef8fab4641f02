/**
 * The Go relay's own tests, told again through real sockets (pyrycode 10.2); {@code docs/parity.md}
 * says which is which.
 */
@NullMarked
package relay.http.parity;

import org.jspecify.annotations.NullMarked;
