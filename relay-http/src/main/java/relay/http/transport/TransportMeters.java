package relay.http.transport;

import relay.core.room.Dialect;

/** What a node's sockets and its links count. Called from every event loop and the edge actor. */
public interface TransportMeters {

  /** What the sockets of one dialect count; the same object every time. */
  SocketMeters of(Dialect dialect);

  /** Frames came from another loop or node for a socket that this node does not know any more. */
  void strayed(int frames);

  /** A batch from another node was missing. */
  void linkBroken();
}
