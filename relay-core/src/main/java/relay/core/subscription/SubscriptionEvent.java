package relay.core.subscription;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import relay.core.wire.ClusterMessage;

/** What happened to what an account may use. Events carry no credential and no signed text. */
public sealed interface SubscriptionEvent extends ClusterMessage {

  Instant at();

  /** An operator granted a tier; {@code expiresAt} is null where it does not expire. */
  record TierGranted(Tier tier, @Nullable Instant expiresAt, Instant at)
      implements SubscriptionEvent {}

  /** An operator set the credits of a window; 0 or less is no limit. */
  record QuotaSet(long creditsPerWindow, Instant at) implements SubscriptionEvent {}

  /** The tier's credits count again. */
  record QuotaCleared(Instant at) implements SubscriptionEvent {}

  /** The account was new. */
  record BonusGranted(WelcomeBonus bonus, Instant at) implements SubscriptionEvent {}

  /**
   * A socket has spent credits.
   *
   * @param meter the report that says so
   * @param credits of the window
   * @param bonus credits of the bonus, or null where none were used
   * @param carried duration that makes no whole credit yet, in 60,000ths of a credit
   */
  record CreditsSpent(Meter meter, Credits credits, @Nullable BonusUse bonus, long carried)
      implements SubscriptionEvent {
    @Override
    public Instant at() {
      return meter.reportedAt();
    }
  }

  /** A room counts among the account's rooms. */
  record RoomLeased(String roomId, Instant at) implements SubscriptionEvent {}

  /** The Mac of a room was there. */
  record RoomSeen(String roomId, Instant at) implements SubscriptionEvent {}

  /** A room counts no more. */
  record RoomReleased(String roomId, Instant at) implements SubscriptionEvent {}

  /** The store has said something of a transaction. */
  record PurchaseRecorded(Purchase purchase, Instant at) implements SubscriptionEvent {}

  /** The store has said that a subscription is over. */
  record PurchaseEnded(Ending ending, Instant at) implements SubscriptionEvent {}

  /** A notification has been handled, with whatever events precede this one. */
  record NotificationHandled(String uuid, Instant at) implements SubscriptionEvent {}

  /** Its account is gone for good: nothing is known any more, and nothing can happen to it. */
  record SubscriptionErased(Instant at) implements SubscriptionEvent {}
}
