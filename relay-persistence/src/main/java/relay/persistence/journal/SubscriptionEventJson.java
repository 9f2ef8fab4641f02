package relay.persistence.journal;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;
import relay.core.subscription.SubscriptionEvent;

/**
 * Subscription events as JSON. Manifests and field names are what databases hold: a new optional
 * field keeps the version, anything else is a new version beside the old one.
 */
final class SubscriptionEventJson {
  private static final String TIER_GRANTED = "subscription.tier-granted/1";
  private static final String QUOTA_SET = "subscription.quota-set/1";
  private static final String QUOTA_CLEARED = "subscription.quota-cleared/1";
  private static final String BONUS_GRANTED = "subscription.bonus-granted/1";
  private static final String CREDITS_SPENT = "subscription.credits-spent/1";
  private static final String ROOM_LEASED = "subscription.room-leased/1";
  private static final String ROOM_SEEN = "subscription.room-seen/1";
  private static final String ROOM_RELEASED = "subscription.room-released/1";
  private static final String PURCHASE_RECORDED = "subscription.purchase-recorded/1";
  private static final String PURCHASE_ENDED = "subscription.purchase-ended/1";
  private static final String NOTIFICATION_HANDLED = "subscription.notification-handled/1";
  private static final String ERASED = "subscription.erased/1";

  /** Everything {@link #read} can read. */
  static final Set<String> MANIFESTS =
      Set.of(
          TIER_GRANTED,
          QUOTA_SET,
          QUOTA_CLEARED,
          BONUS_GRANTED,
          CREDITS_SPENT,
          ROOM_LEASED,
          ROOM_SEEN,
          ROOM_RELEASED,
          PURCHASE_RECORDED,
          PURCHASE_ENDED,
          NOTIFICATION_HANDLED,
          ERASED);

  private SubscriptionEventJson() {}

  static String manifest(SubscriptionEvent event) {
    return switch (event) {
      case SubscriptionEvent.TierGranted _ -> TIER_GRANTED;
      case SubscriptionEvent.QuotaSet _ -> QUOTA_SET;
      case SubscriptionEvent.QuotaCleared _ -> QUOTA_CLEARED;
      case SubscriptionEvent.BonusGranted _ -> BONUS_GRANTED;
      case SubscriptionEvent.CreditsSpent _ -> CREDITS_SPENT;
      case SubscriptionEvent.RoomLeased _ -> ROOM_LEASED;
      case SubscriptionEvent.RoomSeen _ -> ROOM_SEEN;
      case SubscriptionEvent.RoomReleased _ -> ROOM_RELEASED;
      case SubscriptionEvent.PurchaseRecorded _ -> PURCHASE_RECORDED;
      case SubscriptionEvent.PurchaseEnded _ -> PURCHASE_ENDED;
      case SubscriptionEvent.NotificationHandled _ -> NOTIFICATION_HANDLED;
      case SubscriptionEvent.SubscriptionErased _ -> ERASED;
    };
  }

  static ObjectNode write(SubscriptionEvent event) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    Fields.put(node, "at", event.at());
    switch (event) {
      case SubscriptionEvent.TierGranted(var tier, var expiresAt, _) -> {
        TierJson.put(node, tier);
        if (expiresAt != null) {
          Fields.put(node, "expires_at", expiresAt);
        }
      }
      case SubscriptionEvent.QuotaSet(var credits, _) -> node.put("credits", credits);
      case SubscriptionEvent.QuotaCleared _, SubscriptionEvent.SubscriptionErased _ -> {}
      case SubscriptionEvent.BonusGranted(var bonus, _) ->
          UsageJson.put(node.putObject("bonus"), bonus);
      case SubscriptionEvent.CreditsSpent spent -> put(node, spent);
      case SubscriptionEvent.RoomLeased(var room, _) -> node.put("room", room);
      case SubscriptionEvent.RoomSeen(var room, _) -> node.put("room", room);
      case SubscriptionEvent.RoomReleased(var room, _) -> node.put("room", room);
      case SubscriptionEvent.PurchaseRecorded(var purchase, _) -> PurchaseJson.put(node, purchase);
      case SubscriptionEvent.PurchaseEnded(var ending, _) -> PurchaseJson.put(node, ending);
      case SubscriptionEvent.NotificationHandled(var uuid, _) -> node.put("uuid", uuid);
    }
    return node;
  }

  static SubscriptionEvent read(String manifest, Fields fields) {
    return switch (manifest) {
      case TIER_GRANTED ->
          new SubscriptionEvent.TierGranted(
              TierJson.read(fields),
              fields.optionalInstant("expires_at").orElse(null),
              fields.instant("at"));
      case QUOTA_SET ->
          new SubscriptionEvent.QuotaSet(fields.number("credits"), fields.instant("at"));
      case QUOTA_CLEARED -> new SubscriptionEvent.QuotaCleared(fields.instant("at"));
      case BONUS_GRANTED ->
          new SubscriptionEvent.BonusGranted(
              UsageJson.bonus(fields.object("bonus")), fields.instant("at"));
      case CREDITS_SPENT -> creditsSpent(fields);
      case ROOM_LEASED ->
          new SubscriptionEvent.RoomLeased(fields.text("room"), fields.instant("at"));
      case ROOM_SEEN -> new SubscriptionEvent.RoomSeen(fields.text("room"), fields.instant("at"));
      case ROOM_RELEASED ->
          new SubscriptionEvent.RoomReleased(fields.text("room"), fields.instant("at"));
      case PURCHASE_RECORDED ->
          new SubscriptionEvent.PurchaseRecorded(
              PurchaseJson.purchase(fields), fields.instant("at"));
      case PURCHASE_ENDED ->
          new SubscriptionEvent.PurchaseEnded(PurchaseJson.ending(fields), fields.instant("at"));
      case NOTIFICATION_HANDLED ->
          new SubscriptionEvent.NotificationHandled(fields.text("uuid"), fields.instant("at"));
      case ERASED -> new SubscriptionEvent.SubscriptionErased(fields.instant("at"));
      default -> throw new IllegalArgumentException(manifest + ": expected one of " + MANIFESTS);
    };
  }

  /** Its time is that of the report. */
  private static void put(ObjectNode node, SubscriptionEvent.CreditsSpent spent) {
    UsageJson.put(node, spent.meter());
    UsageJson.put(node, spent.credits());
    if (spent.bonus() != null) {
      UsageJson.put(node.putObject("bonus"), spent.bonus());
    }
    node.put("carried", spent.carried());
  }

  private static SubscriptionEvent.CreditsSpent creditsSpent(Fields fields) {
    return new SubscriptionEvent.CreditsSpent(
        UsageJson.meter(fields),
        UsageJson.credits(fields),
        fields.optionalObject("bonus").map(UsageJson::bonusUse).orElse(null),
        fields.number("carried"));
  }
}
