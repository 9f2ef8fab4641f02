package relay.http.signin;

import java.net.URI;

/**
 * Somebody who knows who people are. Both calls may wait for the provider, so no loop makes them.
 */
interface Provider {

  /** Its name in the configuration and in the callback's path. */
  String id();

  /** What its button says. */
  String title();

  /**
   * Whether its answer comes as a form from its own page, which needs a cookie that is sent along.
   */
  default boolean answersByForm() {
    return false;
  }

  /**
   * Where the browser is sent.
   *
   * @param callback where it comes back to
   * @param isPromptWanted whether a session that the person already has is not enough
   */
  URI page(LoginAttempt attempt, URI callback, boolean isPromptWanted)
      throws SigninFailure, InterruptedException;

  /** Who the person is, by an answer whose state has been checked. */
  Person identify(LoginAttempt attempt, URI callback, ProviderAnswer answer)
      throws SigninFailure, InterruptedException;
}
