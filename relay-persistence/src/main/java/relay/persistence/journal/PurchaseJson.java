package relay.persistence.journal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import relay.core.subscription.Ending;
import relay.core.subscription.Purchase;

/** What the store has said, without its signature. */
final class PurchaseJson {
  private PurchaseJson() {}

  static void put(ObjectNode node, Purchase purchase) {
    node.put("subscription", purchase.subscription())
        .put("transaction", purchase.transaction())
        .put("product", purchase.productId());
    TierJson.put(node, purchase.tier());
    if (purchase.expiresAt() != null) {
      Fields.put(node, "expires_at", purchase.expiresAt());
    }
    node.put("revoked", purchase.isRevoked());
    Fields.put(node, "signed_at", purchase.signedAt());
  }

  static Purchase purchase(Fields fields) {
    return new Purchase(
        fields.text("subscription"),
        fields.text("transaction"),
        fields.text("product"),
        TierJson.read(fields),
        fields.optionalInstant("expires_at").orElse(null),
        fields.flag("revoked"),
        fields.instant("signed_at"));
  }

  static void put(ObjectNode node, Ending ending) {
    node.put("subscription", ending.subscription());
    Fields.put(node, "signed_at", ending.signedAt());
  }

  static Ending ending(Fields fields) {
    return new Ending(fields.text("subscription"), fields.instant("signed_at"));
  }
}
