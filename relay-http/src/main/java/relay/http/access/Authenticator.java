package relay.http.access;

import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Finds out whose API key something is; never blocks. */
@FunctionalInterface
public interface Authenticator {

  /**
   * Asks the key's account. Fails where the database or the account does not answer: that is no
   * refusal, and no client may be told one (TermOnMac 2.2).
   *
   * @param apiKey what followed {@code Bearer} in the request's header, or null
   */
  CompletionStage<Authentication> authenticate(@Nullable String apiKey);
}
