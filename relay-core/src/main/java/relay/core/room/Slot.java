package relay.core.room;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A slot and the socket that holds it.
 *
 * @param connection the id the relay gave the connection
 * @param epoch of the agent it is, or of the agent it was told of
 * @param keys what the other side is handed, or null in a dialect without
 */
public record Slot(
    SocketAddress socket, String connection, Instant since, long epoch, @Nullable Keys keys) {

  public Slot(SocketAddress socket, String connection, Instant since, long epoch) {
    this(socket, connection, since, epoch, null);
  }

  Slot inEpoch(long next) {
    return new Slot(socket, connection, since, next, keys);
  }
}
