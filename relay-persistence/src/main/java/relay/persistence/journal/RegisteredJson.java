package relay.persistence.journal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;
import relay.core.room.Pairing;
import relay.core.room.Registered;
import relay.core.room.Rejections;

/** Whose a room is, as a field of its snapshot, in dialects whose rooms are somebody's. */
final class RegisteredJson {
  private static final String FIELD = "registered";
  private static final String PAIRING = "pairing";

  private RegisteredJson() {}

  static void put(ObjectNode snapshot, Registered registered) {
    ObjectNode node = snapshot.putObject(FIELD);
    node.put("owner", registered.owner().value()).put("agent_key", registered.agentKey());
    SecretJson.put(node, "secret", registered.secret());
    Fields.put(node, "last_seen", registered.lastSeen());
    Pairing pairing = registered.pairing();
    if (pairing != null) {
      ObjectNode known = node.putObject(PAIRING);
      SecretJson.put(known, "token", pairing.token());
      known.put("expires_at", pairing.expiresAt()).put("used", pairing.isUsed());
    }
  }

  static @Nullable Registered read(Fields snapshot) {
    return snapshot.optionalObject(FIELD).map(RegisteredJson::registered).orElse(null);
  }

  private static Registered registered(Fields fields) {
    return new Registered(
        fields.account("owner"),
        SecretJson.read(fields, "secret"),
        fields.text("agent_key"),
        fields.optionalObject(PAIRING).map(RegisteredJson::pairing).orElse(null),
        Rejections.NONE,
        fields.instant("last_seen"));
  }

  private static Pairing pairing(Fields fields) {
    return new Pairing(
        SecretJson.read(fields, "token"), fields.number("expires_at"), fields.flag("used"));
  }
}
