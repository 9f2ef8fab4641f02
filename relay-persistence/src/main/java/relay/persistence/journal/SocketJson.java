package relay.persistence.journal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import relay.core.room.SocketAddress;

/** A socket's address as two fields of the object that mentions it. */
final class SocketJson {
  private SocketJson() {}

  static void put(ObjectNode node, SocketAddress socket) {
    node.put("edge", socket.edge()).put("socket", socket.number());
  }

  static SocketAddress read(Fields fields) {
    return new SocketAddress(fields.text("edge"), fields.number("socket"));
  }
}
