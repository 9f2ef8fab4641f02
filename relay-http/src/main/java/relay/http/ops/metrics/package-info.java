/** Every number the relay counts, under one table of names. */
@NullMarked
package relay.http.ops.metrics;

import org.jspecify.annotations.NullMarked;
