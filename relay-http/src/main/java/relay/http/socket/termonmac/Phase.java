package relay.http.socket.termonmac;

import java.nio.ByteBuffer;
import relay.core.protocol.termonmac.ClientMessage;
import relay.core.room.entity.RoomNotice;

/**
 * Where a socket stands with its room. Whatever happens is answered with where it stands then,
 * which is mostly the same.
 */
sealed interface Phase permits Greeting, Acquiring, AwaitingSeat, Explaining, Seat, Ended {

  long NEVER = Long.MAX_VALUE;

  /** A message that can be read and is no heartbeat; the payload is the whole of it. */
  Phase said(ClientMessage message, ByteBuffer payload);

  Phase told(RoomNotice notice);

  /** A frame of the other side; most phases have none, and nobody knows them any more. */
  default Phase delivered(long epoch, ByteBuffer payload) {
    return this;
  }

  /** A node is gone, and perhaps the room with what it was about to say. */
  default void nodeLost() {}

  default long nextDue() {
    return NEVER;
  }

  default Phase due(long now) {
    return this;
  }

  /** What the answer to a heartbeat says of the room (TermOnMac 3.9). */
  default Presence presence() {
    return Presence.UNKNOWN;
  }

  /** The socket is at its end, or about to be closed; called once, of the last phase before it. */
  default void left(Ended how) {}
}
