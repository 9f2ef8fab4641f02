package relay.core.room;

/**
 * A socket that asks for a slot, and the id the relay gave its connection.
 *
 * @param grantedEpoch the latest epoch in which it was granted the slot, or 0 if it never was: a
 *     socket that has lost its slot never takes it back
 */
public record Claim(SocketAddress socket, String connection, long grantedEpoch) {

  public Claim(SocketAddress socket, String connection) {
    this(socket, connection, 0);
  }

  boolean wasGranted() {
    return grantedEpoch > 0;
  }
}
