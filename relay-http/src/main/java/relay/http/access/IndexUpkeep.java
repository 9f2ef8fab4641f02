package relay.http.access;

import java.util.List;
import java.util.concurrent.CompletionStage;
import relay.core.account.AccountAnswer;
import relay.core.account.AccountId;
import relay.core.account.CredentialHash;
import relay.core.directory.CredentialIndex;
import relay.core.log.EventLog;
import relay.core.log.LogKey;

/**
 * Takes out of the index what points to nothing any more. Nobody waits for it, and what is left
 * behind does no harm: the account decides.
 */
record IndexUpkeep(CredentialIndex index) {
  private static final EventLog LOG = EventLog.of(IndexUpkeep.class);

  void remove(List<CredentialHash> retired) {
    if (!retired.isEmpty()) {
      logFailure(index.remove(retired));
    }
  }

  /** Its deletion may be complete: then it must not be found again. */
  void absent(AccountId account, AccountAnswer.Unknown answer) {
    if (answer.isErased()) {
      logFailure(index.forget(account));
    }
  }

  private static void logFailure(CompletionStage<?> done) {
    var _ =
        done.whenComplete(
            (_, failure) -> {
              if (failure != null) {
                LOG.warn("index_not_cleaned").with(LogKey.ERR, failure).write();
              }
            });
  }
}
