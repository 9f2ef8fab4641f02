package relay.http.socket.termonmac;

import java.nio.ByteBuffer;
import relay.core.protocol.termonmac.ClientMessage;
import relay.core.protocol.termonmac.ErrorCode;
import relay.core.room.entity.RoomNotice;

/**
 * Nobody has registered or joined on the socket yet, or whoever tried was refused.
 *
 * @param deadline when the relay stops waiting for it, refusals or not
 * @param hasAsked whether its room was asked before, and may have given it a slot since
 */
record Greeting(Line line, long deadline, boolean hasAsked) implements Phase {

  static Greeting begin(Line line) {
    return new Greeting(
        line, line.now() + line.ports().settings().registrationTimeout().toMillis(), false);
  }

  Greeting refused() {
    return new Greeting(line, deadline, true);
  }

  @Override
  public Phase said(ClientMessage message, ByteBuffer payload) {
    return switch (message) {
      case ClientMessage.RegisterRoom asked when line.names(asked.roomId()) ->
          Acquiring.begin(this, asked);
      case ClientMessage.JoinRoom asked when line.names(asked.roomId()) ->
          Joining.begin(this, asked);
      case ClientMessage.RegisterRoom _, ClientMessage.JoinRoom _ ->
          mistaken(ErrorCode.BAD_MESSAGE);
      case ClientMessage.Relay _, ClientMessage.RelayBatch _ -> mistaken(ErrorCode.NOT_REGISTERED);
      case ClientMessage.Heartbeat _, ClientMessage.Malformed _ ->
          throw new IllegalArgumentException(message + " is of no phase");
    };
  }

  private Phase mistaken(ErrorCode code) {
    line.mistaken(code);
    return this;
  }

  /** An answer to a question that was refused before, or asked twice. */
  @Override
  public Phase told(RoomNotice notice) {
    return this;
  }

  @Override
  public long nextDue() {
    return deadline;
  }

  @Override
  public Phase due(long now) {
    return now >= deadline ? line.shutOverdue("registration timeout") : this;
  }

  @Override
  public void left(Ended how) {
    if (hasAsked) {
      line.detach(how);
    }
  }
}
