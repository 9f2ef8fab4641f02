package relay.persistence.journal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import relay.core.subscription.Tier;

/** A tier as a field of the object that mentions it. */
final class TierJson {
  private TierJson() {}

  static void put(ObjectNode node, Tier tier) {
    node.put("tier", tier.wireName());
  }

  static Tier read(Fields fields) {
    return Tier.of(fields.text("tier"))
        .orElseThrow(() -> Fields.unreadable("tier", "a tier this version knows"));
  }
}
