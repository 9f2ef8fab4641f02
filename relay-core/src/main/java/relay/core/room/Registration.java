package relay.core.room;

import org.jspecify.annotations.Nullable;
import relay.core.account.AccountId;
import relay.core.protocol.Keys;

/**
 * What an agent says when it registers a room (TermOnMac 3.2).
 *
 * @param owner the account it signed in with
 * @param pairing a token that is active, or null
 */
public record Registration(
    AccountId owner, SecretHash secret, Keys keys, @Nullable PairingOffer pairing) {}
