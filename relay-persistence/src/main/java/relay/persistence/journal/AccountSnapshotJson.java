package relay.persistence.journal;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import relay.core.account.AccountSnapshot;
import relay.core.account.Deletion;
import relay.core.account.Family;
import relay.core.account.LinkedProvider;
import relay.core.account.Profile;
import relay.core.account.RotatedAway;

/** An account's snapshot as JSON; its events are deleted behind it, so it is kept as they were. */
final class AccountSnapshotJson {
  static final String MANIFEST = "account.snapshot/1";

  private AccountSnapshotJson() {}

  static ObjectNode write(AccountSnapshot snapshot) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("next_family", snapshot.nextFamily());
    ArrayNode families = node.putArray("families");
    snapshot.families().forEach(family -> put(families.addObject(), family));
    if (snapshot.profile() != null) {
      put(node.putObject("profile"), snapshot.profile());
    }
    if (snapshot.deletion() != null) {
      ObjectNode deletion = node.putObject("deletion");
      Fields.put(deletion, "at", snapshot.deletion().at());
      Fields.put(deletion, "erased_after", snapshot.deletion().erasedAfter());
    }
    if (snapshot.erasedAt() != null) {
      Fields.put(node, "erased_at", snapshot.erasedAt());
    }
    return node;
  }

  static AccountSnapshot read(Fields fields) {
    return new AccountSnapshot(
        fields.optionalObject("profile").map(AccountSnapshotJson::profile).orElse(null),
        fields.number("next_family"),
        fields.list("families", AccountSnapshotJson::family),
        fields
            .optionalObject("deletion")
            .map(it -> new Deletion(it.instant("at"), it.instant("erased_after")))
            .orElse(null),
        fields.optionalInstant("erased_at").orElse(null));
  }

  private static void put(ObjectNode node, Profile profile) {
    PersonJson.put(node, profile.details());
    ArrayNode providers = node.putArray("providers");
    for (LinkedProvider provider : profile.providers()) {
      ObjectNode each = providers.addObject();
      PersonJson.put(each, provider.identity());
      Fields.put(each, "since", provider.since());
    }
    Fields.put(node, "created_at", profile.createdAt());
    Fields.put(node, "last_login", profile.lastLogin());
  }

  private static Profile profile(Fields fields) {
    return new Profile(
        PersonJson.details(fields),
        fields.list(
            "providers", it -> new LinkedProvider(PersonJson.identity(it), it.instant("since"))),
        fields.instant("created_at"),
        fields.instant("last_login"));
  }

  private static void put(ObjectNode node, Family family) {
    node.put("number", family.number());
    CredentialJson.put(node, "lineage", family.lineage());
    CredentialJson.put(node, "key", family.key());
    CredentialJson.put(node, "token", family.token());
    Fields.put(node, "begun_at", family.begunAt());
    Fields.put(node, "last_used", family.lastUsed());
    ArrayNode recent = node.putArray("recent");
    for (RotatedAway away : family.recent()) {
      ObjectNode each = recent.addObject();
      CredentialJson.put(each, "key", away.key());
      CredentialJson.put(each, "token", away.token());
      CredentialJson.put(each, "result", away.result());
      Fields.put(each, "key_until", away.keyUntil());
      Fields.put(each, "grace_until", away.graceUntil());
    }
  }

  private static Family family(Fields fields) {
    return new Family(
        fields.number("number"),
        CredentialJson.hash(fields, "lineage"),
        CredentialJson.hash(fields, "key"),
        CredentialJson.hash(fields, "token"),
        fields.instant("begun_at"),
        fields.instant("last_used"),
        fields.list("recent", AccountSnapshotJson::away));
  }

  private static RotatedAway away(Fields fields) {
    return new RotatedAway(
        CredentialJson.hash(fields, "key"),
        CredentialJson.hash(fields, "token"),
        CredentialJson.result(fields, "result"),
        fields.instant("key_until"),
        fields.instant("grace_until"));
  }
}
