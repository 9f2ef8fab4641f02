package relay.persistence.tables;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import relay.core.account.AccountId;
import relay.core.directory.RoomOwners;

/**
 * Remembers what was written, so that a Mac that renews its room writes nothing. Entries are
 * removed only with their account, which never comes back.
 */
public final class CachedRoomOwners implements RoomOwners {
  private final RoomOwners owners;
  private final Cache<Written, Boolean> written;

  private record Written(AccountId owner, String roomId) {}

  /**
   * @param maxRooms how many are remembered; what is forgotten is written again
   */
  public CachedRoomOwners(RoomOwners owners, int maxRooms) {
    this.owners = owners;
    written = Caffeine.newBuilder().maximumSize(maxRooms).build();
  }

  @Override
  public CompletionStage<?> add(AccountId owner, String roomId) {
    Written entry = new Written(owner, roomId);
    return written.getIfPresent(entry) != null
        ? CompletableFuture.completedFuture(roomId)
        : owners.add(owner, roomId).thenAccept(_ -> written.put(entry, true));
  }

  @Override
  public CompletionStage<List<String>> some(AccountId owner, int limit) {
    return owners.some(owner, limit);
  }

  @Override
  public CompletionStage<?> remove(AccountId owner, Collection<String> roomIds) {
    return owners
        .remove(owner, roomIds)
        .thenAccept(_ -> roomIds.forEach(roomId -> written.invalidate(new Written(owner, roomId))));
  }
}
