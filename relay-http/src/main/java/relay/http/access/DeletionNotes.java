package relay.http.access;

import java.time.InstantSource;
import java.util.concurrent.CompletionStage;
import relay.core.account.AccountAnswer.Described;
import relay.core.account.AccountId;
import relay.core.account.Fate;
import relay.core.directory.DueDeletions;
import relay.core.log.EventLog;
import relay.core.log.LogKey;

/** Notes who is being deleted, so that the erasure does not wait until somebody asks. */
public record DeletionNotes(DueDeletions deletions, InstantSource clock) {
  private static final EventLog LOG = EventLog.of(DeletionNotes.class);

  /** Before the account is told: whatever becomes of that, it will be asked. */
  CompletionStage<?> before(AccountId account) {
    return deletions.put(account, Fate.dueAt(clock.instant()));
  }

  /**
   * When it has said how long that can be undone; nobody waits for it, since it is asked anyway.
   */
  void after(AccountId account, Described described) {
    if (Fate.of(described) instanceof Fate.Waits(var until)) {
      var _ =
          deletions
              .put(account, until)
              .whenComplete(
                  (_, failure) -> {
                    if (failure != null) {
                      LOG.warn("erasure_asked_early").with(LogKey.ERR, failure).write();
                    }
                  });
    }
  }
}
