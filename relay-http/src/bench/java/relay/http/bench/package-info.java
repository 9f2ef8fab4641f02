/** The benchmark of {@code mvn -Pbench verify}: its parts, the relay it starts, its table. */
@NullMarked
package relay.http.bench;

import org.jspecify.annotations.NullMarked;
