package relay.http.transport;

import relay.core.room.CloseCause;

/**
 * What the sockets of one dialect count. Called from every event loop, so implementations are
 * thread-safe.
 */
public interface SocketMeters {

  /** Why something that was meant for a socket did not get to it. */
  enum Drop {
    /** The socket was being closed when the frame came. */
    CLOSING,
    /** It was still queued when the socket was closed ahead of it. */
    CLOSED_AHEAD,
    /** The way to the other node is lost. */
    LINK_LOST
  }

  /** A connection became a socket. */
  void opened();

  /** A socket has ended. */
  void closed(CloseCause cause);

  /** One message came from a peer. */
  void received(int bytes);

  /** Messages were taken by the network; bytes are payload bytes. */
  void sent(int messages, long bytes);

  /** A socket's messages begin to wait because what it sends to has no room. */
  void paused();

  void dropped(Drop why, int frames);
}
