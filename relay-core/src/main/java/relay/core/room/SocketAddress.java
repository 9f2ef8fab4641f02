package relay.core.room;

/**
 * Where a socket lives: its node's edge actor, in serialization format, and its number there.
 *
 * <p>A node that restarts has another edge, so an address never means a later socket.
 */
public record SocketAddress(String edge, long number) {}
