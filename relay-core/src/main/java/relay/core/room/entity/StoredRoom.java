package relay.core.room.entity;

import org.apache.pekko.persistence.typed.SnapshotAdapter;
import relay.core.room.Room;
import relay.core.room.RoomSnapshot;

/** Stores a room's snapshots as {@link RoomSnapshot}s. */
final class StoredRoom implements SnapshotAdapter<Room> {

  @Override
  public Object toJournal(Room room) {
    return RoomSnapshot.of(room);
  }

  @Override
  public Room fromJournal(Object stored) {
    if (stored instanceof RoomSnapshot snapshot) {
      return snapshot.room();
    }
    throw new IllegalArgumentException(stored.getClass() + " was stored: it must be a snapshot");
  }
}
