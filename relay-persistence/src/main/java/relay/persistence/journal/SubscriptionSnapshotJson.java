package relay.persistence.journal;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.function.BiConsumer;
import relay.core.subscription.Entitlement;
import relay.core.subscription.HandledNotification;
import relay.core.subscription.Purchases;
import relay.core.subscription.RoomLease;
import relay.core.subscription.RoomLeases;
import relay.core.subscription.StoreBooks;
import relay.core.subscription.Subscription;
import relay.core.subscription.Usage;

/** A subscription as JSON; the events behind it are deleted, so it is kept as they were. */
final class SubscriptionSnapshotJson {
  static final String MANIFEST = "subscription.snapshot/1";

  private SubscriptionSnapshotJson() {}

  static ObjectNode write(Subscription subscription) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    if (subscription.granted() != null) {
      put(node.putObject("granted"), subscription.granted());
    }
    if (subscription.quota() != null) {
      node.put("quota", subscription.quota());
    }
    if (subscription.bonus() != null) {
      UsageJson.put(node.putObject("bonus"), subscription.bonus());
    }
    StoreBooks store = subscription.store();
    putAll(node, "purchases", store.purchases().transactions(), PurchaseJson::put);
    putAll(node, "endings", store.purchases().endings(), PurchaseJson::put);
    putAll(node, "handled", store.handled(), SubscriptionSnapshotJson::put);
    Usage usage = subscription.usage();
    putAll(node, "windows", usage.windows(), UsageJson::put);
    if (usage.bonusUse() != null) {
      UsageJson.put(node.putObject("bonus_use"), usage.bonusUse());
    }
    node.put("carried", usage.carried());
    putAll(node, "meters", usage.meters(), UsageJson::put);
    putAll(node, "rooms", subscription.rooms().all(), SubscriptionSnapshotJson::put);
    if (subscription.erasedAt() != null) {
      Fields.put(node, "erased_at", subscription.erasedAt());
    }
    return node;
  }

  static Subscription read(Fields fields) {
    return new Subscription(
        fields.optionalObject("granted").map(SubscriptionSnapshotJson::granted).orElse(null),
        fields.optionalNumber("quota"),
        fields.optionalObject("bonus").map(UsageJson::bonus).orElse(null),
        new StoreBooks(
            new Purchases(
                fields.list("purchases", PurchaseJson::purchase),
                fields.list("endings", PurchaseJson::ending)),
            fields.list(
                "handled", it -> new HandledNotification(it.text("uuid"), it.instant("at")))),
        new Usage(
            fields.list("windows", UsageJson::window),
            fields.optionalObject("bonus_use").map(UsageJson::bonusUse).orElse(null),
            fields.number("carried"),
            fields.list("meters", UsageJson::meter)),
        new RoomLeases(fields.list("rooms", SubscriptionSnapshotJson::room)),
        fields.optionalInstant("erased_at").orElse(null));
  }

  private static void put(ObjectNode node, Entitlement granted) {
    TierJson.put(node, granted.tier());
    if (granted.expiresAt() != null) {
      Fields.put(node, "expires_at", granted.expiresAt());
    }
  }

  private static Entitlement granted(Fields fields) {
    return new Entitlement(
        TierJson.read(fields), fields.optionalInstant("expires_at").orElse(null), null);
  }

  private static void put(ObjectNode node, HandledNotification handled) {
    node.put("uuid", handled.uuid());
    Fields.put(node, "at", handled.at());
  }

  private static void put(ObjectNode node, RoomLease lease) {
    node.put("room", lease.roomId());
    Fields.put(node, "created_at", lease.createdAt());
    Fields.put(node, "seen_at", lease.seenAt());
  }

  private static RoomLease room(Fields fields) {
    return new RoomLease(
        fields.text("room"), fields.instant("created_at"), fields.instant("seen_at"));
  }

  private static <T> void putAll(
      ObjectNode node, String name, List<T> items, BiConsumer<ObjectNode, T> put) {
    var array = node.putArray(name);
    items.forEach(item -> put.accept(array.addObject(), item));
  }
}
