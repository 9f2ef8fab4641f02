package relay.persistence.journal;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import relay.core.room.RoomSnapshot;
import relay.core.room.Slot;

/** A room's snapshot as JSON; it is a cache of its events, and kept as long as they are. */
final class RoomSnapshotJson {
  static final String MANIFEST = "room.snapshot/1";

  private RoomSnapshotJson() {}

  static ObjectNode write(RoomSnapshot snapshot) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("epoch", snapshot.epoch());
    if (snapshot.agent() != null) {
      node.set("agent", slot(snapshot.agent()));
    }
    if (snapshot.graceUntil() != null) {
      Fields.put(node, "grace_until", snapshot.graceUntil());
    }
    ArrayNode phones = node.putArray("phones");
    snapshot.phones().forEach(phone -> phones.add(slot(phone)));
    if (snapshot.registered() != null) {
      RegisteredJson.put(node, snapshot.registered());
    }
    return node;
  }

  static RoomSnapshot read(Fields fields) {
    return new RoomSnapshot(
        fields.number("epoch"),
        fields.optionalObject("agent").map(RoomSnapshotJson::slot).orElse(null),
        fields.optionalInstant("grace_until").orElse(null),
        fields.list("phones", RoomSnapshotJson::slot),
        RegisteredJson.read(fields));
  }

  private static ObjectNode slot(Slot slot) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("connection", slot.connection());
    SocketJson.put(node, slot.socket());
    Fields.put(node, "since", slot.since());
    node.put("epoch", slot.epoch());
    KeysJson.put(node, slot.keys());
    return node;
  }

  private static Slot slot(Fields fields) {
    return new Slot(
        SocketJson.read(fields),
        fields.text("connection"),
        fields.instant("since"),
        fields.number("epoch"),
        KeysJson.read(fields));
  }
}
