package relay.http.socket.termonmac;

import java.util.Optional;
import relay.core.account.AccountId;

/**
 * Whose API key opened a socket.
 *
 * @param family the sign-in the key belongs to
 */
record Caller(AccountId account, long family, Optional<String> email) {
  @Override
  public String toString() {
    return "Caller[account=" + account + "]";
  }
}
