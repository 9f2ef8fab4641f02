package relay.http.socket.termonmac;

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
    implements AwaitingSeat {

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

  @Override
  public void ask() {
    line().tell(new RoomCommand.AttachPhone(line().address(), line().connection(), request, 0));
  }

  @Override
  public Joining with(Asking again) {
    return new Joining(greeting, request, again, leftEpoch);
  }

  @Override
  public Phase told(RoomNotice notice) {
    return switch (notice) {
      case RoomNotice.PhoneGranted granted -> {
        PhoneSeat seat = PhoneSeat.take(line(), request, leftEpoch);
        Phase next = seat.granted(granted);
        line().release(Line.Wait.ROOM);
        yield next;
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
}
