package relay.http.socket;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import relay.core.account.AccountId;
import relay.core.account.entity.AccountNotice;
import relay.core.room.Role;
import relay.core.room.RoomKey;
import relay.core.room.entity.RoomNotice;

/**
 * What one dialect says on one socket. Every method runs on the socket's event loop and never
 * blocks; byte buffers are valid only during the call.
 */
public interface SocketHandler {

  /** The room this socket belongs to or asks to belong to. */
  RoomKey room();

  /** The slot it holds or asks for; may be asked by any thread. */
  Role role();

  /** Whose credential opened it, or null in a dialect without accounts; it never changes. */
  default @Nullable AccountId account() {
    return null;
  }

  /** The 101 is on its way and the socket can be used. */
  void opened(Socket socket);

  /** The peer sent one whole text or binary message; text is valid UTF-8. */
  void message(ByteBuffer payload);

  /** Another socket sent this through its {@link Target}. */
  void delivered(Delivery delivery, long epoch, ByteBuffer payload, int closeCode);

  /** The room, or this node's edge, has something to say. */
  void told(RoomNotice notice);

  /** Something happened to the account. */
  default void announced(AccountNotice notice) {}

  /** The peer answered a ping; the payload is the ping's, if the peer is honest. */
  void pong(ByteBuffer payload);

  /** This many {@link Socket#forward forwarded} messages have been handed to the network. */
  void written(int messages);

  /** A node that carried some of its targets is gone; nothing comes from there any more. */
  void nodeLost();

  /** The time asked for with {@link Socket#wakeAt} has come. */
  void due(long now);

  /**
   * The connection has ended; called once, and nothing is called after it. Also called where the
   * connection ended before it was {@link #opened}.
   */
  void closed(Closure closure);
}
