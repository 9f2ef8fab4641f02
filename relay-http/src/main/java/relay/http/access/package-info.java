/** Who is asking: addresses behind proxies. */
@NullMarked
package relay.http.access;

import org.jspecify.annotations.NullMarked;
