package relay.core.account;

import relay.core.wire.ClusterMessage;

/**
 * A client's wish to exchange a refresh token.
 *
 * @param token the one to be exchanged
 * @param next what is to count instead; of the same family
 * @param result what the client is to be told, sealed for the holder of {@code token}
 */
public record Rotation(CredentialHash token, NewCredentials next, SealedResult result)
    implements ClusterMessage {}
