package relay.http.ops;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import relay.core.directory.RoomHistory;
import relay.core.room.CloseCause;
import relay.core.room.RegistrationEvent;
import relay.core.room.RoomEvent;
import relay.core.room.SocketAddress;

/** Turns a room's events into what operators read: never a hash, never a key. */
final class EventRendering {
  private EventRendering() {}

  static RoomViews.Event event(RoomHistory.Entry entry) {
    long number = entry.sequence();
    return switch (entry.event()) {
      case RoomEvent.AgentAttached(var epoch, var socket, var connection, _, var at) ->
          attached(number, "agent_attached", epoch, socket, connection, at);
      case RoomEvent.PhoneAttached(var epoch, var socket, var connection, _, var at) ->
          attached(number, "phone_attached", epoch, socket, connection, at);
      case RoomEvent.AgentDetached(
              var socket,
              var connection,
              var cause,
              var code,
              var grace,
              var at) ->
          detached(number, "agent_detached", socket, connection, cause, code, grace, at);
      case RoomEvent.PhoneDetached(var socket, var connection, var cause, var code, var at) ->
          detached(number, "phone_detached", socket, connection, cause, code, null, at);
      case RoomEvent.GraceExpired(var epoch, var at) ->
          new RoomViews.Event(
              number,
              at.toString(),
              "grace_expired",
              epoch,
              null,
              null,
              null,
              null,
              null,
              null,
              null);
      case RegistrationEvent.RoomRegistered(var owner, _, _, var at) ->
          plain(number, "room_registered", owner.value(), at);
      case RegistrationEvent.SecretRotated(_, var at) -> plain(number, "secret_rotated", null, at);
      case RegistrationEvent.AgentKeyReplaced(_, var at) ->
          plain(number, "agent_key_replaced", null, at);
      case RegistrationEvent.PairingOffered(_, _, var at) ->
          plain(number, "pairing_offered", null, at);
      case RegistrationEvent.PairingWithdrawn(var at) ->
          plain(number, "pairing_withdrawn", null, at);
      case RegistrationEvent.PairingUsed(var at) -> plain(number, "pairing_used", null, at);
      case RoomEvent.RoomForgotten(var at) -> plain(number, "room_forgotten", null, at);
    };
  }

  private static RoomViews.Event plain(
      long number, String kind, @Nullable String owner, Instant at) {
    return new RoomViews.Event(
        number, at.toString(), kind, null, null, null, null, null, null, null, owner);
  }

  private static RoomViews.Event attached(
      long number, String kind, long epoch, SocketAddress socket, String connection, Instant at) {
    return new RoomViews.Event(
        number,
        at.toString(),
        kind,
        epoch,
        connection,
        RoomRendering.node(socket.edge()),
        socket.number(),
        null,
        null,
        null,
        null);
  }

  private static RoomViews.Event detached(
      long number,
      String kind,
      SocketAddress socket,
      String connection,
      CloseCause cause,
      int code,
      @Nullable Instant grace,
      Instant at) {
    return new RoomViews.Event(
        number,
        at.toString(),
        kind,
        null,
        connection,
        RoomRendering.node(socket.edge()),
        socket.number(),
        cause.name().toLowerCase(Locale.ROOT),
        code,
        RoomRendering.text(grace),
        null);
  }
}
