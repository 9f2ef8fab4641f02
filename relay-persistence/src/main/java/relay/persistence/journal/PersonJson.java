package relay.persistence.journal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;
import relay.core.account.Identity;
import relay.core.account.PersonalDetails;

/** What is known of a person as fields of the object that mentions it; odd ones are not shown. */
final class PersonJson {
  private PersonJson() {}

  static void put(ObjectNode node, PersonalDetails details) {
    put(node, "email", details.email());
    put(node, "name", details.name());
    put(node, "avatar_url", details.avatarUrl());
  }

  static PersonalDetails details(Fields fields) {
    return new PersonalDetails(
        fields.optionalText("email"),
        fields.optionalText("name"),
        fields.optionalText("avatar_url"));
  }

  static void put(ObjectNode node, Identity identity) {
    node.put("provider", identity.provider()).put("subject", identity.subject());
  }

  static Identity identity(Fields fields) {
    String provider = fields.text("provider");
    String subject = fields.text("subject");
    try {
      return new Identity(provider, subject);
    } catch (IllegalArgumentException _) {
      throw Fields.unreadable("subject", "whom a provider names");
    }
  }

  private static void put(ObjectNode node, String name, @Nullable String text) {
    if (text != null) {
      node.put(name, text);
    }
  }
}
