package relay.persistence.journal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Set;
import relay.core.room.RegistrationEvent;

/** Those of a room's events that say whose it is, as JSON; see {@link RoomEventJson}. */
final class RegistrationEventJson {
  private static final String REGISTERED = "room.registered/1";
  private static final String SECRET_ROTATED = "room.secret-rotated/1";
  private static final String AGENT_KEY_REPLACED = "room.agent-key-replaced/1";
  private static final String PAIRING_OFFERED = "room.pairing-offered/1";
  private static final String PAIRING_WITHDRAWN = "room.pairing-withdrawn/1";
  private static final String PAIRING_USED = "room.pairing-used/1";

  /** Everything {@link #read} can read. */
  static final Set<String> MANIFESTS =
      Set.of(
          REGISTERED,
          SECRET_ROTATED,
          AGENT_KEY_REPLACED,
          PAIRING_OFFERED,
          PAIRING_WITHDRAWN,
          PAIRING_USED);

  private RegistrationEventJson() {}

  static String manifest(RegistrationEvent event) {
    return switch (event) {
      case RegistrationEvent.RoomRegistered _ -> REGISTERED;
      case RegistrationEvent.SecretRotated _ -> SECRET_ROTATED;
      case RegistrationEvent.AgentKeyReplaced _ -> AGENT_KEY_REPLACED;
      case RegistrationEvent.PairingOffered _ -> PAIRING_OFFERED;
      case RegistrationEvent.PairingWithdrawn _ -> PAIRING_WITHDRAWN;
      case RegistrationEvent.PairingUsed _ -> PAIRING_USED;
    };
  }

  static void write(ObjectNode node, RegistrationEvent event) {
    switch (event) {
      case RegistrationEvent.RoomRegistered(var owner, var secret, var agentKey, _) -> {
        node.put("owner", owner.value()).put("agent_key", agentKey);
        SecretJson.put(node, "secret", secret);
      }
      case RegistrationEvent.SecretRotated(var secret, _) -> SecretJson.put(node, "secret", secret);
      case RegistrationEvent.AgentKeyReplaced(var agentKey, _) -> node.put("agent_key", agentKey);
      case RegistrationEvent.PairingOffered(var token, var expiresAt, _) -> {
        SecretJson.put(node, "token", token);
        node.put("expires_at", expiresAt);
      }
      case RegistrationEvent.PairingWithdrawn _, RegistrationEvent.PairingUsed _ -> {}
    }
  }

  static RegistrationEvent read(String manifest, Fields fields) {
    Instant at = fields.instant("at");
    return switch (manifest) {
      case REGISTERED ->
          new RegistrationEvent.RoomRegistered(
              fields.account("owner"),
              SecretJson.read(fields, "secret"),
              fields.text("agent_key"),
              at);
      case SECRET_ROTATED ->
          new RegistrationEvent.SecretRotated(SecretJson.read(fields, "secret"), at);
      case AGENT_KEY_REPLACED ->
          new RegistrationEvent.AgentKeyReplaced(fields.text("agent_key"), at);
      case PAIRING_OFFERED ->
          new RegistrationEvent.PairingOffered(
              SecretJson.read(fields, "token"), fields.number("expires_at"), at);
      case PAIRING_WITHDRAWN -> new RegistrationEvent.PairingWithdrawn(at);
      case PAIRING_USED -> new RegistrationEvent.PairingUsed(at);
      default -> throw new IllegalArgumentException(manifest + ": expected one of " + MANIFESTS);
    };
  }
}
