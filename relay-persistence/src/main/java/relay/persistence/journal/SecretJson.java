package relay.persistence.journal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import relay.core.room.SecretHash;

/** A kept hash as a field of the object that mentions it; an odd one is never shown. */
final class SecretJson {
  private SecretJson() {}

  static void put(ObjectNode node, String name, SecretHash hash) {
    node.put(name, hash.value());
  }

  static SecretHash read(Fields fields, String name) {
    String text = fields.text(name);
    try {
      return new SecretHash(text);
    } catch (IllegalArgumentException _) {
      throw Fields.unreadable(name, "a hash of a kind this version knows");
    }
  }
}
