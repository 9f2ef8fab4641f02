package relay.http.socket.termonmac;

import java.nio.ByteBuffer;
import relay.core.protocol.termonmac.ClientMessage;
import relay.core.room.CloseCause;
import relay.core.room.entity.RoomNotice;

/**
 * The socket has ended, or is being closed: whatever its peer still says is of no use.
 *
 * @param code the close code that was used or received, 0 where there is none
 * @param isEvicted whether its room knows, having closed it
 */
record Ended(CloseCause cause, int code, boolean isEvicted) implements Phase {

  static Ended evicted(RoomNotice.Close close) {
    return new Ended(close.cause(), close.code(), true);
  }

  @Override
  public Phase said(ClientMessage message, ByteBuffer payload) {
    return this;
  }

  @Override
  public Phase told(RoomNotice notice) {
    return this;
  }
}
