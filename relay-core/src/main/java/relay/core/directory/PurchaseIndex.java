package relay.core.directory;

import java.util.Optional;
import java.util.concurrent.CompletionStage;
import relay.core.account.AccountId;

/**
 * Which account a subscription of the store belongs to, where its transactions do not say so
 * themselves: the first that has shown one of them.
 */
public interface PurchaseIndex {

  /**
   * The account it belongs to from now on, which is another one if that was first.
   *
   * @param subscription the store's id, which all renewals share
   */
  CompletionStage<AccountId> claim(String subscription, AccountId account);

  CompletionStage<Optional<AccountId>> owner(String subscription);
}
