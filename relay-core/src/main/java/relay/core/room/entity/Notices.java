package relay.core.room.entity;

import relay.core.room.Tell;

/** Puts what a room has to say into the words an edge understands. */
final class Notices {
  private Notices() {}

  static RoomNotice of(Tell tell) {
    long socket = tell.to().number();
    return switch (tell) {
      case Tell.AgentGranted(_, var epoch, var tookOver) ->
          new RoomNotice.AgentGranted(socket, epoch, tookOver);
      case Tell.PhoneGranted granted -> phoneGranted(granted);
      case Tell.PhoneJoined(_, var connection, var then, var keys) ->
          new RoomNotice.PhoneJoined(
              socket, then.epoch(), connection, then.to(), phoneGranted(then), keys);
      case Tell.PhoneLeft(_, var epoch, var connection, var isLost, var cause) ->
          new RoomNotice.PhoneLeft(socket, epoch, connection, isLost, cause);
      case Tell.AgentLeft(_, var epoch, var graceMillis, var cause) ->
          new RoomNotice.AgentLeft(socket, epoch, graceMillis, cause);
      case Tell.Refused(_, var why, var owner) -> new RoomNotice.Refused(socket, why, owner);
      case Tell.Close(_, var farewell) ->
          new RoomNotice.Close(socket, farewell.code(), farewell.reason(), farewell.cause());
      case Tell.Probe(_, var probe) -> new RoomNotice.Probe(socket, probe);
    };
  }

  private static RoomNotice.PhoneGranted phoneGranted(Tell.PhoneGranted granted) {
    return new RoomNotice.PhoneGranted(
        granted.to().number(),
        granted.epoch(),
        granted.agent(),
        granted.graceMillis(),
        granted.keys());
  }
}
