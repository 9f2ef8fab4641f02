package relay.http.frame;

/**
 * Who closed a connection first, with what, and what is still to be done about it (RFC 6455 7.1).
 *
 * <p>The first close wins; later ones change nothing. It holds no clock: whoever waits for the
 * peer's answer gives up by dropping the connection.
 */
public final class CloseHandshake {

  /** Who spoke of closing first. */
  public enum Side {
    NOBODY,
    RELAY,
    PEER
  }

  /** What its owner does next. */
  public enum Step {
    /** Nothing, or wait for the peer. */
    NOTHING,
    /** Send {@link #frame}, then tell {@link #sent}. */
    SEND_FRAME,
    /** Both sides are done, or no close frame can say it: end the connection. */
    DISCONNECT
  }

  private Side first = Side.NOBODY;
  private int code;
  private String reason = "";
  private boolean sent;
  private boolean heard;

  /** The relay closes. */
  public Step close(int code, String reason) {
    if (first != Side.NOBODY) {
      return Step.NOTHING;
    }
    begin(Side.RELAY, code, reason);
    return WireCode.isSendable(code) ? Step.SEND_FRAME : Step.DISCONNECT;
  }

  /** The peer broke the protocol: the relay closes and expects no sensible answer. */
  public Step violated(int code, String reason) {
    heard = true;
    if (first == Side.NOBODY) {
      return close(code, reason);
    }
    return sent ? Step.DISCONNECT : Step.NOTHING;
  }

  /** The peer's close frame: an answer to the relay's, or the first, which is echoed. */
  public Step received(int code, String reason) {
    heard = true;
    if (first == Side.NOBODY) {
      begin(Side.PEER, code, reason);
      return Step.SEND_FRAME;
    }
    return sent ? Step.DISCONNECT : Step.NOTHING;
  }

  /** {@link #frame} has been handed to the network. */
  public Step sent() {
    sent = true;
    return heard ? Step.DISCONNECT : Step.NOTHING;
  }

  /** The close frame to send: the relay's own, or the echo of the peer's. */
  public byte[] frame() {
    return FrameRenderer.close(code, reason);
  }

  /** Nobody has closed yet, so data may still be sent. */
  public boolean isOpen() {
    return first == Side.NOBODY;
  }

  /** Both close frames have passed. */
  public boolean isFinished() {
    return sent && heard;
  }

  public Side first() {
    return first;
  }

  /** The first close's code; 1005 where its frame had none, 0 while nobody has closed. */
  public int code() {
    return code;
  }

  public String reason() {
    return reason;
  }

  private void begin(Side side, int code, String reason) {
    first = side;
    this.code = code;
    this.reason = reason;
  }
}
