package relay.core.account.entity;

import relay.core.account.AccountId;

/**
 * Tells every edge of the cluster something about an account. Nothing is confirmed: whoever must
 * not miss it asks the account now and then.
 */
@FunctionalInterface
public interface AccountAnnouncer {
  void announce(AccountId account, AccountNotice notice);
}
