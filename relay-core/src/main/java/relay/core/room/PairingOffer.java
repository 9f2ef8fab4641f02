package relay.core.room;

/**
 * A pairing token that lets in one phone (TermOnMac 4.7).
 *
 * @param expiresAt epoch second from which it lets in nobody; the greatest number for a token
 *     without an end
 */
public record PairingOffer(SecretHash token, long expiresAt) {}
