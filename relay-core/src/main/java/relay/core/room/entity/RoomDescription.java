package relay.core.room.entity;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import relay.core.account.AccountId;
import relay.core.room.SocketAddress;
import relay.core.wire.ClusterMessage;

/**
 * What a room knows of itself.
 *
 * @param graceUntil when the absent agent's claim ends, or null
 * @param owner the account that registered it, or null
 * @param lastSeen when the agent of a registered room came or went last, or null
 */
public record RoomDescription(
    long epoch,
    @Nullable Slot agent,
    List<Slot> phones,
    @Nullable Instant graceUntil,
    @Nullable AccountId owner,
    @Nullable Instant lastSeen)
    implements ClusterMessage {

  /** One held slot. */
  public record Slot(SocketAddress socket, String connection, Instant since) {}

  public RoomDescription {
    phones = List.copyOf(phones);
  }

  public RoomDescription(
      long epoch, @Nullable Slot agent, List<Slot> phones, @Nullable Instant graceUntil) {
    this(epoch, agent, phones, graceUntil, null, null);
  }
}
