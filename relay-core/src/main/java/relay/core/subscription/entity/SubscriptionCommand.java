package relay.core.subscription.entity;

import java.time.Instant;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;
import relay.core.subscription.MeterId;
import relay.core.subscription.Spending;
import relay.core.subscription.StoreNotification;
import relay.core.subscription.StoreTransaction;
import relay.core.subscription.Tier;
import relay.core.wire.ClusterMessage;

/** What an account's subscription is asked; what is granted has been written before. */
public sealed interface SubscriptionCommand extends ClusterMessage
    permits SubscriptionCommand.UseCredits,
        SubscriptionCommand.AcquireRoom,
        SubscriptionCommand.MacLeft,
        SubscriptionCommand.BeginRelease,
        SubscriptionCommand.ReleaseRoom,
        SubscriptionCommand.Describe,
        SubscriptionCommand.ListUsage,
        SubscriptionCommand.GrantTier,
        SubscriptionCommand.SetQuota,
        SubscriptionCommand.ClearQuota,
        SubscriptionCommand.Welcome,
        SubscriptionCommand.StoreNotified,
        SubscriptionCommand.VerifiedPurchase,
        SubscriptionCommand.Erase,
        SubscriptionSignal {

  /**
   * A socket reports what it has spent and asks for credits to go on with. It has one report under
   * way at a time, and repeats it unchanged where no answer comes.
   *
   * @param want credits it would like to have, at most a lease; 0 where it only wants to know
   *     whether the account is exhausted
   */
  record UseCredits(MeterId meter, Spending spending, long want, ActorRef<CreditReply> replyTo)
      implements SubscriptionCommand {}

  /**
   * A Mac asks for its room, or says that it is still there; it says so every five minutes. A room
   * the account has is always granted (TermOnMac 4.10).
   */
  record AcquireRoom(String roomId, ActorRef<RoomReply> replyTo) implements SubscriptionCommand {
    private static final int MAX_ROOM_ID = 64;

    public AcquireRoom {
      if (roomId.isEmpty() || roomId.length() > MAX_ROOM_ID) {
        throw new IllegalArgumentException(
            "a room id of " + roomId.length() + " characters: it must have 1 to " + MAX_ROOM_ID);
      }
    }
  }

  /** A Mac has left its room, whose lease ends a while later. */
  record MacLeft(String roomId) implements SubscriptionCommand {}

  /**
   * The room is about to be forgotten.
   *
   * @param release the same number as in {@link ReleaseRoom}, and no other release's
   */
  record BeginRelease(String roomId, long release, ActorRef<SubscriptionDescription> replyTo)
      implements SubscriptionCommand {}

  /**
   * The room is forgotten and counts no more, unless somebody has asked for it since the release
   * began: a Mac that is back meanwhile must not hold a room that does not count. The lease of one
   * that is not back ends in its own time then.
   */
  record ReleaseRoom(String roomId, long release, ActorRef<SubscriptionDescription> replyTo)
      implements SubscriptionCommand {}

  /** Asks for everything but past usage; what has been spent is written before it is shown. */
  record Describe(ActorRef<SubscriptionDescription> replyTo) implements SubscriptionCommand {}

  /** Asks for the windows of the last 30 days in which something was spent; likewise written. */
  record ListUsage(ActorRef<UsageHistory> replyTo) implements SubscriptionCommand {}

  /**
   * An operator grants a tier beside whatever was bought; the better one counts.
   *
   * @param expiresAt null does not expire; a time in the past is accepted and grants nothing
   */
  record GrantTier(
      Tier tier, @Nullable Instant expiresAt, ActorRef<SubscriptionDescription> replyTo)
      implements SubscriptionCommand {}

  /**
   * An operator sets the account's credits of a window, whatever its tier.
   *
   * @param creditsPerWindow 0 or less is no limit
   */
  record SetQuota(long creditsPerWindow, ActorRef<SubscriptionDescription> replyTo)
      implements SubscriptionCommand {}

  /** The tier's credits count again. */
  record ClearQuota(ActorRef<SubscriptionDescription> replyTo) implements SubscriptionCommand {}

  /** The account is new: it gets the welcome bonus, once (TermOnMac 6.4). */
  record Welcome(ActorRef<SubscriptionDescription> replyTo) implements SubscriptionCommand {}

  /** The store tells of a purchase (TermOnMac 5.3). */
  record StoreNotified(StoreNotification notification, ActorRef<StoreReply> replyTo)
      implements SubscriptionCommand {}

  /** A phone shows a purchase that the store has signed (TermOnMac 5.4). */
  record VerifiedPurchase(StoreTransaction transaction, ActorRef<StoreReply> replyTo)
      implements SubscriptionCommand {}

  /**
   * The account is gone for good. That is answered once nothing is left but the event that says so;
   * where the journal cannot delete, there is no answer. From then on nothing is granted or
   * counted.
   */
  record Erase(ActorRef<Erased> replyTo) implements SubscriptionCommand {}

  /** Nothing is left of the subscription. */
  record Erased() implements ClusterMessage {}
}
