package relay.http.access;

import java.util.Optional;
import java.util.concurrent.CompletionStage;
import relay.core.account.AccountId;

/**
 * Issues, exchanges and ends credentials; never blocks. Every stage fails where the database or the
 * account does not answer.
 */
public interface Credentials {

  /** Begins a family of credentials; empty where there is no such account. */
  CompletionStage<Optional<IssuedCredentials>> issue(AccountId account);

  /** Exchanges a refresh token, once (TermOnMac 7.4). */
  CompletionStage<Refreshing> refresh(String refreshToken);

  /**
   * Ends the key, its refresh token, and the sockets that use it.
   *
   * @return false if the key does not count
   */
  CompletionStage<Boolean> revoke(String apiKey);
}
