package relay.persistence.journal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import relay.core.account.CredentialHash;
import relay.core.account.SealedResult;

/** What is kept of credentials as fields of the object that mentions it; odd ones are not shown. */
final class CredentialJson {
  private CredentialJson() {}

  static void put(ObjectNode node, String name, CredentialHash hash) {
    node.put(name, hash.value());
  }

  static CredentialHash hash(Fields fields, String name) {
    String text = fields.text(name);
    try {
      return new CredentialHash(text);
    } catch (IllegalArgumentException _) {
      throw Fields.unreadable(name, "a hash of a kind this version knows");
    }
  }

  static void put(ObjectNode node, String name, SealedResult result) {
    node.put(name, result.text());
  }

  static SealedResult result(Fields fields, String name) {
    String text = fields.text(name);
    try {
      return new SealedResult(text);
    } catch (IllegalArgumentException _) {
      throw Fields.unreadable(name, "a sealed result of a kind this version knows");
    }
  }
}
