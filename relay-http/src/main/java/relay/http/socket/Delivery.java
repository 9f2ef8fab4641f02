package relay.http.socket;

/** What a socket hands to another one. */
public enum Delivery {
  /** A relayed frame; with a close code: close after it. */
  FRAME,
  /** No frame, only: close with this code after everything queued. */
  CLOSE,
  /** The relay's own words about the sender, ready to be sent. */
  NOTICE
}
