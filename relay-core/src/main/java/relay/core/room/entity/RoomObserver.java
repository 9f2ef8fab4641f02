package relay.core.room.entity;

import relay.core.room.RoomKey;

/** Learns what rooms on this node go through; it is called from many threads and never blocks. */
public interface RoomObserver {

  /** A room has been rebuilt from its events. */
  void woke(RoomKey room);

  /** An agent did not come back in time, and somebody noticed. */
  void graceExpired(RoomKey room);

  /** An edge did not tell a recovered room which of its sockets live; they lost their slots. */
  void edgeSilent(RoomKey room);
}
