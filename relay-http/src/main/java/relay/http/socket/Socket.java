package relay.http.socket;

import java.nio.ByteBuffer;
import relay.core.room.CloseCause;
import relay.core.room.SocketAddress;

/** One WebSocket connection as its dialect sees it. Confined to its event loop. */
public interface Socket {

  SocketAddress address();

  /** The peer's {@code host:port} as the listener saw it, PROXY header included. */
  String remote();

  /** Monotonic milliseconds. */
  long now();

  /**
   * Queues one relayed text message for the peer, made of three parts.
   *
   * @return false, and nothing is queued, if the queue's bound does not allow it
   */
  boolean forward(byte[] head, ByteBuffer body, byte[] tail);

  /** Queues one text message of the relay's own; it is not reported as {@code written}. */
  boolean send(ByteBuffer message);

  /**
   * The same for what the relay says because of a message of this peer, if the queue's bound allows
   * it. While more than 64 KiB of such answers wait, the peer's messages do, too; what others send
   * to it never makes it wait.
   */
  void answer(ByteBuffer message);

  /** Sends a ping of at most 125 bytes ahead of queued messages. */
  void ping(ByteBuffer payload);

  /**
   * Begins the close handshake behind everything queued, which the peer has to take within the
   * write and the close timeout together; the first close wins. 1005 sends a close frame without a
   * code; for a code that no close frame may carry the connection is dropped without one (pyrycode
   * 2.3).
   */
  void close(int code, String reason, CloseCause cause);

  /**
   * Drops what is queued and not being written, then begins the close handshake. Where that has
   * begun before, its close frame is the next to be sent.
   */
  void closeNow(int code, String reason, CloseCause cause);

  /** Lets messages of the peer wait, unread beyond a small bound; closes are still noticed. */
  void hold();

  /** Ends {@link #hold}; waiting messages come at once. */
  void release();

  /**
   * Whether the peer may have said something that has not been heard yet: it is in the middle of a
   * message, or its messages have to wait. Then its silence is not its fault.
   */
  boolean hasUnheard();

  /** Runs it on this socket's event loop, unless the socket has ended by then; from any thread. */
  void post(Runnable what);

  /** Asks for {@link SocketHandler#due} at that time; replaces an earlier wish. */
  void wakeAt(long time);

  /** Resolves an address once, for use with {@link #sendTo}. */
  Target target(SocketAddress address);

  /**
   * Hands something to another socket, in order. A target that cannot keep up pauses this socket's
   * reads until it can.
   *
   * @return false if the target is known to be gone
   */
  boolean sendTo(
      Target target,
      Delivery delivery,
      long epoch,
      byte[] head,
      ByteBuffer body,
      byte[] tail,
      int closeCode);
}
