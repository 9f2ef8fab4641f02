package relay.core.subscription.entity;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import relay.core.subscription.Balance;
import relay.core.subscription.RoomLease;
import relay.core.subscription.Tier;
import relay.core.subscription.TierLimits;
import relay.core.wire.ClusterMessage;

/**
 * What an account may use and has used at the moment of the answer.
 *
 * @param tierExpiresAt null where the tier does not expire
 * @param productId what was bought for it, or null where it was not bought
 * @param quotaOverride an operator's credits of a window in place of the tier's, or null
 * @param rooms those that are registered, longest ago first
 */
public record SubscriptionDescription(
    Tier tier,
    @Nullable Instant tierExpiresAt,
    @Nullable String productId,
    TierLimits limits,
    @Nullable Long quotaOverride,
    Balance balance,
    List<RoomLease> rooms)
    implements ClusterMessage {

  public SubscriptionDescription {
    rooms = List.copyOf(rooms);
  }
}
