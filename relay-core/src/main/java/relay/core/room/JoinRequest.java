package relay.core.room;

import org.jspecify.annotations.Nullable;
import relay.core.account.AccountId;
import relay.core.protocol.Keys;

/**
 * What a phone says when it joins a room (TermOnMac 3.4).
 *
 * @param account it signed in with
 * @param secret the room's, as far as it knows, or null
 * @param pairingToken what it read off the agent's screen, or null
 */
public record JoinRequest(
    AccountId account, Keys keys, @Nullable SecretHash secret, @Nullable SecretHash pairingToken) {}
