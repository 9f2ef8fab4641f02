package relay.http.socket.pyrycode;

import java.nio.ByteBuffer;
import relay.core.room.CloseCause;
import relay.core.room.RoomKey;
import relay.core.room.SocketAddress;
import relay.core.room.entity.RoomCommand;
import relay.http.socket.Closure;
import relay.http.socket.Liveness;
import relay.http.socket.Socket;

/** An open socket, its way to its room, and the question whether its peer still answers. */
record Line(Socket socket, Liveness liveness, PyrycodePorts ports, RoomKey room) {
  private static final int INTERNAL_ERROR = 1011;

  static Line open(Socket socket, PyrycodePorts ports, RoomKey room) {
    Liveness liveness =
        Liveness.from(
            socket.now(),
            ports.settings().pingInterval(),
            ports.settings().pongTimeout(),
            ports.random());
    return new Line(socket, liveness, ports, room);
  }

  SocketAddress address() {
    return socket.address();
  }

  void tell(RoomCommand command) {
    ports.rooms().tell(room, command);
  }

  void detach(Closure closure) {
    tell(new RoomCommand.Detach(address(), closure.cause(), closure.code()));
  }

  /**
   * Sends a ping if it is time for one; false if the peer was given up and is being closed. One
   * that is not read is not given up: it waits for somebody who takes bytes, or loses his own
   * connection for want of a pong, or of bytes taken within the write timeout.
   */
  boolean beat(long now) {
    return switch (liveness.due(now)) {
      case NOTHING -> true;
      case PING -> {
        socket.ping(liveness.payload());
        yield true;
      }
      case CLOSE -> {
        if (socket.hasUnheard()) {
          liveness.excuse(now);
          yield true;
        }
        socket.closeNow(INTERNAL_ERROR, "heartbeat timeout", CloseCause.HEARTBEAT_TIMEOUT);
        yield false;
      }
    };
  }

  /** Sends a ping out of turn and says its number. */
  long probe() {
    long ping = liveness.nextPing();
    socket.ping(liveness.payload());
    return ping;
  }

  void pong(ByteBuffer payload) {
    liveness.pong(payload);
  }

  void roomUnavailable() {
    socket.closeNow(INTERNAL_ERROR, "room unavailable", CloseCause.ROOM_UNAVAILABLE);
  }

  void backlogFull(String reason) {
    socket.closeNow(INTERNAL_ERROR, reason, CloseCause.BACKLOG_FULL);
  }
}
