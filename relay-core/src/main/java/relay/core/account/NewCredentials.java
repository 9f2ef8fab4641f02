package relay.core.account;

import relay.core.wire.ClusterMessage;

/**
 * What an edge has minted for a client and tells the account of.
 *
 * @param lineage of the refresh token's family
 */
public record NewCredentials(CredentialHash lineage, CredentialHash key, CredentialHash token)
    implements ClusterMessage {

  public static NewCredentials of(ApiKey key, RefreshToken token) {
    return new NewCredentials(token.lineage(), key.hash(), token.hash());
  }
}
