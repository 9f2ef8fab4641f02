package relay.http.socket.termonmac;

import relay.core.protocol.termonmac.ClientMessage;
import relay.core.room.Registration;
import relay.core.room.entity.RoomCommand;
import relay.core.room.entity.RoomNotice;
import relay.http.socket.Asking;

/** A Mac has asked for its room, which has not answered yet. */
record Registering(Greeting greeting, Registration registration, Asking asking)
    implements AwaitingSeat {

  static Phase begin(Greeting greeting, ClientMessage.RegisterRoom asked) {
    Line line = greeting.line();
    line.hold(Line.Wait.ROOM);
    Registering registering =
        new Registering(
            greeting,
            Introductions.of(asked, line.caller().account()),
            Asking.begin(line.now(), line.ports().settings().attachTimeout()));
    registering.ask();
    return registering;
  }

  @Override
  public void ask() {
    line()
        .tell(new RoomCommand.AttachAgent(line().address(), line().connection(), registration, 0));
  }

  @Override
  public Registering with(Asking again) {
    return new Registering(greeting, registration, again);
  }

  @Override
  public Phase told(RoomNotice notice) {
    return switch (notice) {
      case RoomNotice.AgentGranted granted -> {
        MacSeat seat = MacSeat.take(line(), registration, granted.epoch());
        line().release(Line.Wait.ROOM);
        yield seat;
      }
      case RoomNotice.Refused refused -> {
        line().mistaken(Rejection.of(refused.why()).toMac(line()));
        line().release(Line.Wait.ROOM);
        yield greeting.refused();
      }
      case RoomNotice.Close close -> line().evicted(close);
      case RoomNotice.PhoneJoined _,
          RoomNotice.PhoneLeft _,
          RoomNotice.PhoneGranted _,
          RoomNotice.AgentLeft _,
          RoomNotice.Probe _ ->
          this;
    };
  }
}
