package relay.http.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import relay.core.account.AccountId;
import relay.core.subscription.entity.SubscriptionDescription;

/**
 * What an account may use, as the API shows it. Times are milliseconds since 1970.
 *
 * @param expiresAt null where the tier does not expire
 * @param productId null where the tier was not bought
 * @param creditsPerWindow 0 without a limit
 * @param maxSessions below 0 without a limit
 * @param appAccountToken what an app gives the store with a purchase, so that it is this account's
 */
record SubscriptionBody(
    String tier,
    @Nullable Long expiresAt,
    @Nullable String productId,
    long creditsPerWindow,
    int maxRooms,
    int maxSessions,
    String appAccountToken) {

  static SubscriptionBody of(AccountId account, SubscriptionDescription subscription) {
    Instant expiresAt = subscription.tierExpiresAt();
    return new SubscriptionBody(
        subscription.tier().wireName(),
        expiresAt == null ? null : expiresAt.toEpochMilli(),
        subscription.productId(),
        Math.max(0, subscription.balance().limit()),
        subscription.limits().maxRooms(),
        subscription.limits().maxSessions(),
        AccountToken.of(account));
  }
}
