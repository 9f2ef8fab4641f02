package relay.http.ops;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import relay.core.room.Role;
import relay.core.room.RoomKey;
import relay.core.room.SocketAddress;
import relay.core.room.entity.EdgeCommand.SocketDescription;
import relay.core.room.entity.RoomDescription;

/** Turns what rooms and edges say into what operators read. */
final class RoomRendering {
  private RoomRendering() {}

  /** A socket of a list: its slot's kind and the node that carries it. */
  record Seen(String node, Role role) {}

  /** The sockets by room, so that a page of rooms is one look each. */
  static Map<RoomKey, List<Seen>> byRoom(List<SocketSurvey.Report> reports) {
    Map<RoomKey, List<Seen>> found = new HashMap<>();
    for (SocketSurvey.Report report : reports) {
      String node = node(report.edge());
      for (SocketDescription socket : report.sockets()) {
        found
            .computeIfAbsent(socket.room(), _ -> new ArrayList<>())
            .add(new Seen(node, socket.role()));
      }
    }
    return found;
  }

  static RoomViews.Row row(RoomKey room, List<Seen> sockets) {
    return new RoomViews.Row(
        room.dialect().wireName(),
        room.id(),
        sockets.stream().filter(it -> it.role() == Role.AGENT).count(),
        sockets.stream().filter(it -> it.role() == Role.PHONE).count(),
        sockets.stream().map(Seen::node).distinct().sorted().toList());
  }

  static RoomViews.Room room(
      RoomKey room, RoomDescription known, List<SocketSurvey.Report> reports) {
    Map<SocketAddress, SocketDescription> live = new HashMap<>();
    for (SocketSurvey.Report report : reports) {
      for (SocketDescription socket : report.sockets()) {
        live.put(new SocketAddress(report.edge(), socket.socket()), socket);
      }
    }
    return new RoomViews.Room(
        room.dialect().wireName(),
        room.id(),
        known.epoch(),
        known.owner() == null ? null : known.owner().value(),
        text(known.graceUntil()),
        known.agent() == null ? null : slot(known.agent(), live),
        known.phones().stream().map(phone -> slot(phone, live)).toList());
  }

  /** The node part of an edge's name, which is an actor's address. */
  static String node(String edge) {
    int host = edge.indexOf("://");
    int path = edge.indexOf('/', host < 0 ? 0 : host + 3);
    return path < 0 ? edge : edge.substring(0, path);
  }

  private static RoomViews.Slot slot(
      RoomDescription.Slot slot, Map<SocketAddress, SocketDescription> live) {
    SocketDescription socket = live.get(slot.socket());
    return new RoomViews.Slot(
        slot.connection(),
        slot.since().toString(),
        node(slot.socket().edge()),
        slot.socket().number(),
        socket == null
            ? null
            : new RoomViews.Traffic(
                socket.since().toString(),
                socket.framesIn(),
                socket.bytesIn(),
                socket.framesOut(),
                socket.bytesOut()));
  }

  static @Nullable String text(@Nullable Instant time) {
    return time == null ? null : time.toString();
  }
}
