package relay.http.transport;

import org.jspecify.annotations.Nullable;
import relay.http.socket.Target;

/** A socket of this node; null if it was gone already. */
record LocalTarget(@Nullable WebSocketConnection connection) implements Target {}
