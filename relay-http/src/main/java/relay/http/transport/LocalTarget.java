package relay.http.transport;

import org.jspecify.annotations.Nullable;
import relay.http.socket.Target;

/**
 * A socket of this node.
 *
 * @param connection null if it was gone already
 * @param flow the way to its loop; null if that is the source's own
 */
record LocalTarget(@Nullable WebSocketConnection connection, @Nullable Flow flow)
    implements Target {}
