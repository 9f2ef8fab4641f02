package relay.core.room;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import relay.core.protocol.Keys;

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

  /**
   * Whether an agent that holds this begins anew with those keys. One that only tells of a new
   * secret leaves the ephemeral key out, and what phones are handed stays as it is (TermOnMac 3.2).
   */
  boolean beginsAnewWith(Keys shown) {
    if (keys == null) {
      return true;
    }
    return shown.ephemeralKey().isEmpty()
        ? !shown.publicKey().equals(keys.publicKey())
        : !shown.equals(keys);
  }

  Slot inEpoch(long next) {
    return new Slot(socket, connection, since, next, keys);
  }
}
