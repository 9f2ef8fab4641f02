package relay.core.room;

import java.time.Instant;

/**
 * The pairing token a room knows (TermOnMac 4.7). A used one is remembered until another follows
 * it, so that it stays used whatever the agent registers meanwhile.
 *
 * @param expiresAt epoch second from which it lets in nobody
 */
public record Pairing(SecretHash token, long expiresAt, boolean isUsed) {

  boolean isExpired(Instant now) {
    return now.getEpochSecond() >= expiresAt;
  }

  boolean isOffer(PairingOffer offer) {
    return token.matches(offer.token()) && expiresAt == offer.expiresAt();
  }
}
