/** What the relay does for one frame, one join, one event, without sockets. */
@NullMarked
package relay.http.bench.micro;

import org.jspecify.annotations.NullMarked;
