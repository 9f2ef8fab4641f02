package relay.http.access;

import java.util.concurrent.CompletionStage;
import relay.core.account.AccountId;

/**
 * Asks whether a sign-in still counts, for sockets that live on after they were let in: what ends
 * it is announced to them, but nobody makes sure that they hear it. Never blocks.
 */
@FunctionalInterface
public interface SignInCheck {

  /**
   * Fails where the account does not answer: that is no refusal.
   *
   * @param family as {@link Authentication.Accepted} named it
   */
  CompletionStage<Authentication> check(AccountId account, long family);
}
