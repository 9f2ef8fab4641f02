package relay.http.socket.termonmac;

import java.nio.ByteBuffer;
import relay.core.protocol.termonmac.ClientMessage;
import relay.core.room.JoinRequest;
import relay.core.room.Refusal;
import relay.core.room.entity.RoomCommand;
import relay.core.room.entity.RoomNotice;
import relay.http.socket.Asking;

/**
 * A phone has asked to join its room, which has not answered yet.
 *
 * @param leftEpoch the latest epoch whose Mac is known to have left, which may be heard before the
 *     phone hears that it was there
 */
record Joining(Greeting greeting, JoinRequest request, Asking asking, long leftEpoch)
    implements Phase {

  static Phase begin(Greeting greeting, ClientMessage.JoinRoom asked) {
    Line line = greeting.line();
    line.hold(Line.Wait.ROOM);
    Joining joining =
        new Joining(
            greeting,
            Introductions.of(asked, line.caller().account()),
            Asking.begin(line.now(), line.ports().settings().attachTimeout()),
            0);
    joining.ask();
    return joining;
  }

  private void ask() {
    line().tell(new RoomCommand.AttachPhone(line().address(), line().connection(), request, 0));
  }

  private Line line() {
    return greeting.line();
  }

  @Override
  public Phase said(ClientMessage message, ByteBuffer payload) {
    throw new IllegalStateException("a message while messages wait");
  }

  @Override
  public Phase told(RoomNotice notice) {
    return switch (notice) {
      case RoomNotice.PhoneGranted granted -> {
        PhoneSeat seat = PhoneSeat.take(line(), request, leftEpoch);
        seat.granted(granted);
        line().release(Line.Wait.ROOM);
        yield seat;
      }
      case RoomNotice.AgentLeft left -> new Joining(greeting, request, asking, left.epoch());
      case RoomNotice.Refused refused -> refused(refused);
      case RoomNotice.Close close -> line().evicted(close);
      case RoomNotice.AgentGranted _,
          RoomNotice.PhoneJoined _,
          RoomNotice.PhoneLeft _,
          RoomNotice.Probe _ ->
          this;
    };
  }

  private Phase refused(RoomNotice.Refused refused) {
    SocketLog.of(line()).refused(refused.why());
    Rejection rejection = Rejection.of(refused.why());
    if (refused.why() == Refusal.ACCOUNT_MISMATCH && refused.owner() != null) {
      return Explaining.begin(line(), refused.owner(), rejection);
    }
    line().sayError(rejection.chargedTo(line()));
    return line().shutRefused(rejection.closeReason());
  }

  @Override
  public long nextDue() {
    return asking.nextDue();
  }

  @Override
  public Phase due(long now) {
    if (asking.isOver(now)) {
      return line().shutUnavailable();
    }
    if (!asking.isDue(now)) {
      return this;
    }
    Joining again = new Joining(greeting, request, asking.again(now), leftEpoch);
    again.ask();
    return again;
  }

  @Override
  public void left(Ended how) {
    line().detach(how);
  }
}
