package relay.core.account.entity;

import org.apache.pekko.persistence.typed.SnapshotAdapter;
import relay.core.account.Account;
import relay.core.account.AccountSnapshot;

/** Stores an account's snapshots as {@link AccountSnapshot}s. */
final class StoredAccount implements SnapshotAdapter<Account> {

  @Override
  public Object toJournal(Account account) {
    return AccountSnapshot.of(account);
  }

  @Override
  public Account fromJournal(Object stored) {
    if (stored instanceof AccountSnapshot snapshot) {
      return snapshot.account();
    }
    throw new IllegalArgumentException(stored.getClass() + " was stored: it must be a snapshot");
  }
}
