/** Who is asking: addresses behind proxies, API keys, and what an account can be asked by edges. */
@NullMarked
package relay.http.access;

import org.jspecify.annotations.NullMarked;
