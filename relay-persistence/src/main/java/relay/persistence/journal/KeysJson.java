package relay.persistence.journal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;
import relay.core.protocol.Keys;

/** One side's key material as a field of the object that mentions it, in dialects that have it. */
final class KeysJson {
  private static final String FIELD = "keys";

  private KeysJson() {}

  static void put(ObjectNode node, @Nullable Keys keys) {
    if (keys != null) {
      node.putObject(FIELD)
          .put("public_key", keys.publicKey())
          .put("session_nonce", keys.sessionNonce())
          .put("ephemeral_key", keys.ephemeralKey());
    }
  }

  static @Nullable Keys read(Fields fields) {
    return fields
        .optionalObject(FIELD)
        .map(
            it ->
                new Keys(it.text("public_key"), it.text("session_nonce"), it.text("ephemeral_key")))
        .orElse(null);
  }
}
