package relay.core.room.entity;

import java.time.Duration;
import relay.core.room.Refusal;
import relay.core.room.RoomKey;

/** Learns what rooms on this node go through; it is called from many threads and never blocks. */
public interface RoomObserver {

  /** A room has been rebuilt from its events. */
  void woke(RoomKey room);

  /** Events of a room have been written; {@code took} is what whoever waits for them has waited. */
  void wrote(RoomKey room, Duration took);

  /** A room let a socket have no slot. */
  void refused(RoomKey room, Refusal why);

  /** An agent did not come back in time, and somebody noticed. */
  void graceExpired(RoomKey room);

  /** An edge did not tell a recovered room which of its sockets live; they lost their slots. */
  void edgeSilent(RoomKey room);
}
