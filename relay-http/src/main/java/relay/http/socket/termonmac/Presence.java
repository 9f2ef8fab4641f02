package relay.http.socket.termonmac;

import java.nio.ByteBuffer;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import relay.core.protocol.termonmac.MessageCodec;
import relay.core.protocol.termonmac.ServerMessage.AccountMatch;
import relay.core.protocol.termonmac.ServerMessage.HeartbeatAck;

/** What a socket's heartbeats are answered with (TermOnMac 3.9). */
enum Presence {
  /** It has no room yet. */
  UNKNOWN,
  /** It is the room's Mac. */
  MAC,
  /** It is a phone, and its Mac is there. Phones of other accounts are not let in. */
  PHONE_WITH_MAC,
  /** It is a phone, and its Mac is away. */
  PHONE_ALONE;

  private static final Map<Presence, byte[]> ACKS = acks(false);
  private static final Map<Presence, byte[]> ACKS_OF_DELETED = acks(true);

  private static Map<Presence, byte[]> acks(boolean isAccountDeleted) {
    Map<Presence, byte[]> acks = new EnumMap<>(Presence.class);
    for (Presence presence : values()) {
      acks.put(presence, MessageCodec.write(presence.says(isAccountDeleted)));
    }
    return acks;
  }

  /** The answer, for reading only. */
  ByteBuffer ack(boolean isAccountDeleted) {
    byte[] ack = (isAccountDeleted ? ACKS_OF_DELETED : ACKS).get(this);
    return ByteBuffer.wrap(Objects.requireNonNull(ack, "every presence has an answer"));
  }

  private HeartbeatAck says(boolean isAccountDeleted) {
    boolean isMacConnected = this == MAC || this == PHONE_WITH_MAC;
    boolean isPhone = this == PHONE_WITH_MAC || this == PHONE_ALONE;
    return new HeartbeatAck(
        isMacConnected,
        isPhone ? Optional.of(AccountMatch.MATCH) : Optional.empty(),
        isAccountDeleted);
  }
}
