package relay.core.protocol.termonmac;

/** The codes of {@code error} messages (TermOnMac 3.10) and what people are told with them. */
public enum ErrorCode {
  /** The secret or the token is wrong. A Mac that hears it leaves its room for ever (0.3). */
  AUTH_FAILED("Room secret mismatch"),
  /** The room belongs to another account. */
  ACCOUNT_MISMATCH("This room is owned by a different account"),
  /** Nobody is there to take what was sent. */
  NO_PEER("Peer not connected"),
  /** Nothing was heard for too long; a close follows. */
  HEARTBEAT_TIMEOUT("No heartbeat received"),
  /** Nobody has registered the room. */
  ROOM_NOT_FOUND("Room not found"),
  /** The account has as many rooms as its tier allows; a close follows. */
  ROOM_LIMIT("Room limit reached"),
  /** The message cannot be read, or does not fit the socket it came on. */
  BAD_MESSAGE("Message not understood"),
  /** The message has a type that clients do not say. */
  UNKNOWN_TYPE("Unknown message type"),
  /** Something was sent before the socket registered or joined a room. */
  NOT_REGISTERED("Register or join a room first"),
  /** The message is longer than the other side takes. */
  MESSAGE_TOO_LARGE("Message too large for the peer");

  private final String text;

  ErrorCode(String text) {
    this.text = text;
  }

  public String text() {
    return text;
  }
}
