package relay.http.socket.termonmac;

import org.jspecify.annotations.Nullable;
import relay.core.account.AccountId;
import relay.core.protocol.Keys;
import relay.core.protocol.termonmac.ClientMessage.JoinRoom;
import relay.core.protocol.termonmac.ClientMessage.PairingToken;
import relay.core.protocol.termonmac.ClientMessage.RegisterRoom;
import relay.core.room.JoinRequest;
import relay.core.room.PairingOffer;
import relay.core.room.Registration;
import relay.core.room.SecretHash;

/** Puts what clients say of themselves into a room's words, and back. */
final class Introductions {
  private Introductions() {}

  static Registration of(RegisterRoom asked, AccountId account) {
    return new Registration(
        account,
        SecretHash.ofSent(asked.secretHash()),
        asked.keys(),
        asked.pairingToken().map(Introductions::offer).orElse(null));
  }

  static JoinRequest of(JoinRoom asked, AccountId account) {
    return new JoinRequest(
        account,
        asked.keys(),
        asked.secretHash().map(SecretHash::ofSent).orElse(null),
        asked.pairingTokenHash().map(SecretHash::ofSent).orElse(null));
  }

  /** As they came (TermOnMac 3.5). */
  static Keys shown(@Nullable Keys keys) {
    if (keys == null) {
      throw new IllegalStateException("a peer without keys: this dialect's rooms hand them on");
    }
    return keys;
  }

  /** Old Macs do not say when their token ends; it still lets in one phone only. */
  private static PairingOffer offer(PairingToken token) {
    return new PairingOffer(
        SecretHash.ofSent(token.hash()), token.expiresAt().orElse(Long.MAX_VALUE));
  }
}
