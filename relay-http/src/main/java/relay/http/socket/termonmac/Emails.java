package relay.http.socket.termonmac;

import java.util.Optional;
import java.util.concurrent.CompletionStage;
import relay.core.account.AccountId;

/** Finds the e-mail address of an account; never blocks. */
@FunctionalInterface
public interface Emails {

  CompletionStage<Optional<String>> of(AccountId account);
}
