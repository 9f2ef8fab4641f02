package relay.http.socket.termonmac;

import org.jspecify.annotations.Nullable;
import relay.core.protocol.termonmac.ServerMessage.PeerDisconnected;
import relay.core.protocol.termonmac.ServerMessage.Reason;
import relay.core.room.CloseCause;

/** Says how the other side went (TermOnMac 3.8). */
final class Departure {
  private Departure() {}

  /**
   * @param cause null where nobody knows any more
   */
  static PeerDisconnected of(@Nullable CloseCause cause) {
    return new PeerDisconnected(
        switch (cause) {
          case null -> Reason.CLIENT_LEFT;
          case HEARTBEAT_TIMEOUT, MESSAGE_TIMEOUT, WRITE_TIMEOUT, NODE_LOST -> Reason.TIMEOUT;
          case REPLACED, TAKEN_OVER, RECLAIMED -> Reason.REPLACED;
          case FORGOTTEN -> Reason.ROOM_DELETED;
          case PEER_CLOSED,
              PEER_DROPPED,
              PROTOCOL_ERROR,
              MESSAGE_TOO_BIG,
              BAD_MESSAGE,
              BACKLOG_FULL,
              CLOSED_BY_AGENT,
              NO_AGENT,
              REJECTED_BY_AGENT,
              GRACE_EXPIRED,
              REFUSED,
              NOT_REGISTERED,
              QUOTA_EXCEEDED,
              SIGNED_OUT,
              ROOM_UNAVAILABLE,
              DRAINED,
              INTERNAL_ERROR ->
              Reason.CLIENT_LEFT;
        });
  }
}
