package relay.core.room;

/** A socket that asks for a slot, and the id the relay gave its connection. */
public record Claim(SocketAddress socket, String connection) {}
