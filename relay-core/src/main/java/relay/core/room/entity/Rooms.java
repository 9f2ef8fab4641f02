package relay.core.room.entity;

import relay.core.room.RoomKey;

/** The way to every room of the cluster, wherever it lives. Delivery is at most once. */
public interface Rooms {
  void tell(RoomKey room, RoomCommand command);
}
