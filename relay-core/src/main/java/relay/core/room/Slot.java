package relay.core.room;

import java.time.Instant;

/**
 * A slot and the socket that holds it.
 *
 * @param connection the id the relay gave the connection
 * @param epoch of the agent it is, or of the agent it was told of
 */
public record Slot(SocketAddress socket, String connection, Instant since, long epoch) {}
