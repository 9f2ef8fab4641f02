package relay.persistence.journal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import relay.core.subscription.BonusUse;
import relay.core.subscription.Credits;
import relay.core.subscription.Meter;
import relay.core.subscription.MeterId;
import relay.core.subscription.UsageWindow;
import relay.core.subscription.WelcomeBonus;

/** What was spent, by whom, and of what. */
final class UsageJson {
  private UsageJson() {}

  static void put(ObjectNode node, Credits credits) {
    node.put("messages", credits.messages()).put("duration", credits.duration());
  }

  static Credits credits(Fields fields) {
    return new Credits(fields.number("messages"), fields.number("duration"));
  }

  static void put(ObjectNode node, Meter meter) {
    node.put("edge", meter.id().edge())
        .put("socket", meter.id().socket())
        .put("sequence", meter.sequence())
        .put("ended", meter.isEnded());
    Fields.put(node, "at", meter.reportedAt());
  }

  static Meter meter(Fields fields) {
    return new Meter(
        new MeterId(fields.text("edge"), fields.number("socket")),
        fields.number("sequence"),
        fields.flag("ended"),
        fields.instant("at"));
  }

  static void put(ObjectNode node, BonusUse use) {
    Fields.put(node, "granted_at", use.grantedAt());
    node.put("credits", use.credits());
  }

  static BonusUse bonusUse(Fields fields) {
    return new BonusUse(fields.instant("granted_at"), fields.number("credits"));
  }

  static void put(ObjectNode node, WelcomeBonus bonus) {
    node.put("credits", bonus.credits());
    Fields.put(node, "created_at", bonus.createdAt());
    Fields.put(node, "expires_at", bonus.expiresAt());
  }

  static WelcomeBonus bonus(Fields fields) {
    return new WelcomeBonus(
        fields.number("credits"), fields.instant("created_at"), fields.instant("expires_at"));
  }

  static void put(ObjectNode node, UsageWindow window) {
    node.put("number", window.number());
    put(node, window.spent());
    Fields.put(node, "updated_at", window.updatedAt());
  }

  static UsageWindow window(Fields fields) {
    return new UsageWindow(fields.number("number"), credits(fields), fields.instant("updated_at"));
  }
}
