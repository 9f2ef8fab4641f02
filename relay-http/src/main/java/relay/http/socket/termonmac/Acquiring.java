package relay.http.socket.termonmac;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import relay.core.protocol.termonmac.ClientMessage;
import relay.core.protocol.termonmac.ErrorCode;
import relay.core.room.CloseCause;
import relay.core.room.entity.RoomNotice;
import relay.core.subscription.entity.RoomReply;

/**
 * A Mac that did not say at its upgrade that it is one: its account is asked for the room first
 * (TermOnMac 4.10).
 */
record Acquiring(Greeting greeting, ClientMessage.RegisterRoom asked) implements Phase {
  private static final int POLICY = 1008;

  static Phase begin(Greeting greeting, ClientMessage.RegisterRoom asked) {
    Line line = greeting.line();
    if (line.maxSessions().isPresent()) {
      return Registering.begin(greeting, asked);
    }
    Acquiring acquiring = new Acquiring(greeting, asked);
    line.hold(Line.Wait.ROOM);
    line.await(
        acquiring,
        line.ports().allowance().acquireRoom(line.caller().account(), line.room().id()),
        acquiring::answered);
    return acquiring;
  }

  /** What a Mac is told that has one room too many (TermOnMac 2.2 has nothing for it). */
  static Ended shutOverLimit(Line line) {
    line.sayError(ErrorCode.ROOM_LIMIT);
    return line.shut(POLICY, "room limit reached", CloseCause.REFUSED);
  }

  private Phase answered(@Nullable RoomReply reply) {
    return switch (reply) {
      case RoomReply.RoomGranted(var maxSessions) -> {
        greeting.line().granted(maxSessions);
        yield Registering.begin(greeting, asked);
      }
      case RoomReply.RoomLimit _ -> shutOverLimit(greeting.line());
      case null -> greeting.line().shutUnavailable();
    };
  }

  @Override
  public Phase said(ClientMessage message, ByteBuffer payload) {
    throw new IllegalStateException("a message while messages wait");
  }

  @Override
  public Phase told(RoomNotice notice) {
    return this;
  }

  @Override
  public void left(Ended how) {
    greeting.left(how);
  }
}
