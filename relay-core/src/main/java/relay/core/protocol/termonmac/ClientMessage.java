package relay.core.protocol.termonmac;

import java.util.Optional;
import java.util.OptionalLong;
import relay.core.protocol.Keys;

/** What a client says to the relay (TermOnMac 3.1). */
public sealed interface ClientMessage {

  /**
   * A Mac asks for its room, or changes its secret on the same socket (TermOnMac 3.2).
   *
   * @param secretHash of the room's secret, as the Mac wrote it
   */
  record RegisterRoom(
      String roomId, String secretHash, Keys keys, Optional<PairingToken> pairingToken)
      implements ClientMessage {
    @Override
    public String toString() {
      return "RegisterRoom[roomId=" + roomId + "]";
    }
  }

  /**
   * What a Mac's one-time pairing token is known by (TermOnMac 4.7).
   *
   * @param expiresAt epoch seconds; empty from old Macs
   */
  record PairingToken(String hash, OptionalLong expiresAt) {
    @Override
    public String toString() {
      return "PairingToken[expiresAt=" + expiresAt + "]";
    }
  }

  /** A phone asks to join a Mac's room (TermOnMac 3.4); what is absent or empty is empty. */
  record JoinRoom(
      String roomId, Keys keys, Optional<String> secretHash, Optional<String> pairingTokenHash)
      implements ClientMessage {
    @Override
    public String toString() {
      return "JoinRoom[roomId=" + roomId + "]";
    }
  }

  /** One payload for the other side, forwarded as it came (TermOnMac 3.6). */
  record Relay() implements ClientMessage {}

  /** Some payloads for the other side, forwarded as they came (TermOnMac 3.7). */
  record RelayBatch() implements ClientMessage {}

  /** The client lives and wishes to hear the same of the relay (TermOnMac 3.9). */
  record Heartbeat() implements ClientMessage {}

  /** It is none of these. */
  enum Malformed implements ClientMessage {
    /** Not a JSON object, or one without a text as its {@code type}. */
    NO_MESSAGE,
    /** A {@code type} that clients do not say. */
    UNKNOWN_TYPE,
    /** A field is missing, of another JSON type, or longer than the relay takes. */
    BAD_FIELD
  }
}
