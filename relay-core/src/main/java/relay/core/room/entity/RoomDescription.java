package relay.core.room.entity;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import relay.core.room.SocketAddress;
import relay.core.wire.ClusterMessage;

/**
 * What a room knows of itself.
 *
 * @param graceUntil when the absent agent's claim ends, or null
 */
public record RoomDescription(
    long epoch, @Nullable Slot agent, List<Slot> phones, @Nullable Instant graceUntil)
    implements ClusterMessage {

  /** One held slot. */
  public record Slot(SocketAddress socket, String connection, Instant since) {}

  public RoomDescription {
    phones = List.copyOf(phones);
  }
}
