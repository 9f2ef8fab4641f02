package relay.http.access;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import relay.core.account.AccountId;

/** Whose API key it is. */
public sealed interface Authentication {

  /**
   * The account itself has said so just now.
   *
   * @param family which of the account's sign-ins the key belongs to
   * @param deletedAt when deletion was asked for, or null; upgrades are then answered 410
   */
  record Accepted(
      AccountId account,
      long family,
      @Nullable String email,
      @Nullable String name,
      @Nullable Instant deletedAt)
      implements Authentication {

    public boolean isDeleted() {
      return deletedAt != null;
    }

    @Override
    public String toString() {
      return "Accepted[account=" + account + ", family=" + family + "]";
    }
  }

  /** There is no key, or it does not count (any more). */
  record Refused() implements Authentication {}
}
