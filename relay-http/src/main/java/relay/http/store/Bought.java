package relay.http.store;

import org.jspecify.annotations.Nullable;
import relay.core.account.AccountId;
import relay.core.subscription.StoreTransaction;

/**
 * A purchase as the store has signed it.
 *
 * @param account whom the app bought it for, if it said so
 */
record Bought(StoreTransaction transaction, @Nullable AccountId account) {}
