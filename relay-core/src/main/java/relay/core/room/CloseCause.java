package relay.core.room;

/** Why a socket ended or lost its slot: a history entry, and the label of the closes counter. */
public enum CloseCause {
  /** The peer sent a close frame. */
  PEER_CLOSED,
  /** The connection ended without a close frame. */
  PEER_DROPPED,
  /** No pong came in time. */
  HEARTBEAT_TIMEOUT,
  /** The peer broke RFC 6455. */
  PROTOCOL_ERROR,
  /** A message was longer than its dialect allows. */
  MESSAGE_TOO_BIG,
  /** A message was begun and not finished in time. */
  MESSAGE_TIMEOUT,
  /** A message was not what the dialect requires. */
  BAD_MESSAGE,
  /** More was queued for the socket than its dialect allows. */
  BACKLOG_FULL,
  /** The socket took no bytes for too long. */
  WRITE_TIMEOUT,
  /** The agent asked for it. */
  CLOSED_BY_AGENT,
  /** A message was sent while no agent was there to take it. */
  NO_AGENT,
  /** Its agent was replaced by another one. */
  RECLAIMED,
  /** It did not answer while another agent asked for its slot. */
  TAKEN_OVER,
  /** A newer connection took its slot. */
  REPLACED,
  /** Its agent closed its own connection again and again rather than meet it. */
  REJECTED_BY_AGENT,
  /** Its agent did not come back in time. */
  GRACE_EXPIRED,
  /** The room refused it. */
  REFUSED,
  /** It neither registered nor joined a room in time. */
  NOT_REGISTERED,
  /** Its account has no credits left. */
  QUOTA_EXCEEDED,
  /** The sign-in it came with was ended. */
  SIGNED_OUT,
  /** The room gave no answer in time. */
  ROOM_UNAVAILABLE,
  /** An operator or the room's owner removed the room. */
  FORGOTTEN,
  /** Its node is shutting down. */
  DRAINED,
  /** Its node is gone, or no longer knows it. */
  NODE_LOST,
  /** A fault of the relay itself. */
  INTERNAL_ERROR
}
