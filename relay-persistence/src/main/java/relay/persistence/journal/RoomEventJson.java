package relay.persistence.journal;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import relay.core.room.CloseCause;
import relay.core.room.RegistrationEvent;
import relay.core.room.RoomEvent;

/**
 * Room events as JSON. Manifests and field names are what databases hold: a new optional field
 * keeps the version, anything else is a new version beside the old one.
 */
final class RoomEventJson {
  private static final String AGENT_ATTACHED = "room.agent-attached/1";
  private static final String AGENT_DETACHED = "room.agent-detached/1";
  private static final String GRACE_EXPIRED = "room.grace-expired/1";
  private static final String PHONE_ATTACHED = "room.phone-attached/1";
  private static final String PHONE_DETACHED = "room.phone-detached/1";
  static final String FORGOTTEN = "room.forgotten/1";

  /** Everything {@link #read} can read. */
  static final Set<String> MANIFESTS =
      Stream.concat(
              Stream.of(
                  AGENT_ATTACHED,
                  AGENT_DETACHED,
                  GRACE_EXPIRED,
                  PHONE_ATTACHED,
                  PHONE_DETACHED,
                  FORGOTTEN),
              RegistrationEventJson.MANIFESTS.stream())
          .collect(Collectors.toUnmodifiableSet());

  private RoomEventJson() {}

  static String manifest(RoomEvent event) {
    return switch (event) {
      case RoomEvent.AgentAttached _ -> AGENT_ATTACHED;
      case RoomEvent.AgentDetached _ -> AGENT_DETACHED;
      case RoomEvent.GraceExpired _ -> GRACE_EXPIRED;
      case RoomEvent.PhoneAttached _ -> PHONE_ATTACHED;
      case RoomEvent.PhoneDetached _ -> PHONE_DETACHED;
      case RegistrationEvent change -> RegistrationEventJson.manifest(change);
      case RoomEvent.RoomForgotten _ -> FORGOTTEN;
    };
  }

  static ObjectNode write(RoomEvent event) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    Fields.put(node, "at", event.at());
    switch (event) {
      case RoomEvent.AgentAttached(var epoch, var socket, var connection, var keys, _) -> {
        node.put("epoch", epoch).put("connection", connection);
        SocketJson.put(node, socket);
        KeysJson.put(node, keys);
      }
      case RoomEvent.AgentDetached left -> {
        node.put("connection", left.connection());
        SocketJson.put(node, left.socket());
        putClose(node, left.cause(), left.closeCode());
        if (left.graceUntil() != null) {
          Fields.put(node, "grace_until", left.graceUntil());
        }
      }
      case RoomEvent.GraceExpired(var epoch, _) -> node.put("epoch", epoch);
      case RoomEvent.PhoneAttached(var epoch, var socket, var connection, var keys, _) -> {
        node.put("epoch", epoch).put("connection", connection);
        SocketJson.put(node, socket);
        KeysJson.put(node, keys);
      }
      case RoomEvent.PhoneDetached(var socket, var connection, var cause, var code, _) -> {
        node.put("connection", connection);
        SocketJson.put(node, socket);
        putClose(node, cause, code);
      }
      case RegistrationEvent change -> RegistrationEventJson.write(node, change);
      case RoomEvent.RoomForgotten _ -> {}
    }
    return node;
  }

  static RoomEvent read(String manifest, Fields fields) {
    return switch (manifest) {
      case AGENT_ATTACHED ->
          new RoomEvent.AgentAttached(
              fields.number("epoch"),
              SocketJson.read(fields),
              fields.text("connection"),
              KeysJson.read(fields),
              fields.instant("at"));
      case AGENT_DETACHED ->
          new RoomEvent.AgentDetached(
              SocketJson.read(fields),
              fields.text("connection"),
              cause(fields),
              fields.smallNumber("close_code"),
              fields.optionalInstant("grace_until").orElse(null),
              fields.instant("at"));
      case GRACE_EXPIRED ->
          new RoomEvent.GraceExpired(fields.number("epoch"), fields.instant("at"));
      case PHONE_ATTACHED ->
          new RoomEvent.PhoneAttached(
              fields.number("epoch"),
              SocketJson.read(fields),
              fields.text("connection"),
              KeysJson.read(fields),
              fields.instant("at"));
      case PHONE_DETACHED ->
          new RoomEvent.PhoneDetached(
              SocketJson.read(fields),
              fields.text("connection"),
              cause(fields),
              fields.smallNumber("close_code"),
              fields.instant("at"));
      case FORGOTTEN -> new RoomEvent.RoomForgotten(fields.instant("at"));
      default -> RegistrationEventJson.read(manifest, fields);
    };
  }

  private static void putClose(ObjectNode node, CloseCause cause, int closeCode) {
    node.put("cause", cause.name().toLowerCase(Locale.ROOT)).put("close_code", closeCode);
  }

  private static CloseCause cause(Fields fields) {
    try {
      return CloseCause.valueOf(fields.text("cause").toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException _) {
      throw Fields.unreadable("cause", "a cause this version knows");
    }
  }
}
