package relay.persistence.journal;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.Set;
import relay.core.account.AccountEvent;
import relay.core.account.FamilyEnd;
import relay.core.account.NewCredentials;

/**
 * Account events as JSON. Manifests and field names are what databases hold: a new optional field
 * keeps the version, anything else is a new version beside the old one.
 */
final class AccountEventJson {
  private static final String CREATED = "account.created/1";
  private static final String PROVIDER_LINKED = "account.provider-linked/1";
  private static final String SIGNED_IN = "account.signed-in/1";
  private static final String FAMILY_BEGAN = "account.family-began/1";
  private static final String FAMILY_USED = "account.family-used/1";
  private static final String ROTATED = "account.credentials-rotated/1";
  private static final String FAMILY_ENDED = "account.family-ended/1";
  private static final String DELETED = "account.deleted/1";
  private static final String RESTORED = "account.restored/1";
  private static final String ERASED = "account.erased/1";

  /** Everything {@link #read} can read. */
  static final Set<String> MANIFESTS =
      Set.of(
          CREATED,
          PROVIDER_LINKED,
          SIGNED_IN,
          FAMILY_BEGAN,
          FAMILY_USED,
          ROTATED,
          FAMILY_ENDED,
          DELETED,
          RESTORED,
          ERASED);

  private AccountEventJson() {}

  static String manifest(AccountEvent event) {
    return switch (event) {
      case AccountEvent.AccountCreated _ -> CREATED;
      case AccountEvent.ProviderLinked _ -> PROVIDER_LINKED;
      case AccountEvent.SignedIn _ -> SIGNED_IN;
      case AccountEvent.FamilyBegan _ -> FAMILY_BEGAN;
      case AccountEvent.FamilyUsed _ -> FAMILY_USED;
      case AccountEvent.CredentialsRotated _ -> ROTATED;
      case AccountEvent.FamilyEnded _ -> FAMILY_ENDED;
      case AccountEvent.AccountDeleted _ -> DELETED;
      case AccountEvent.AccountRestored _ -> RESTORED;
      case AccountEvent.AccountErased _ -> ERASED;
    };
  }

  static ObjectNode write(AccountEvent event) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    Fields.put(node, "at", event.at());
    switch (event) {
      case AccountEvent.AccountCreated(var details, _) -> PersonJson.put(node, details);
      case AccountEvent.ProviderLinked(var identity, _) -> PersonJson.put(node, identity);
      case AccountEvent.FamilyBegan(var family, var credentials, _) -> {
        node.put("family", family);
        CredentialJson.put(node, "lineage", credentials.lineage());
        CredentialJson.put(node, "key", credentials.key());
        CredentialJson.put(node, "token", credentials.token());
      }
      case AccountEvent.FamilyUsed(var family, _) -> node.put("family", family);
      case AccountEvent.CredentialsRotated rotated -> put(node, rotated);
      case AccountEvent.FamilyEnded(var family, var cause, _) ->
          node.put("family", family).put("cause", cause.name().toLowerCase(Locale.ROOT));
      case AccountEvent.AccountDeleted(var erasedAfter, _) ->
          Fields.put(node, "erased_after", erasedAfter);
      case AccountEvent.SignedIn _,
          AccountEvent.AccountRestored _,
          AccountEvent.AccountErased _ -> {}
    }
    return node;
  }

  static AccountEvent read(String manifest, Fields fields) {
    return switch (manifest) {
      case CREATED ->
          new AccountEvent.AccountCreated(PersonJson.details(fields), fields.instant("at"));
      case PROVIDER_LINKED ->
          new AccountEvent.ProviderLinked(PersonJson.identity(fields), fields.instant("at"));
      case SIGNED_IN -> new AccountEvent.SignedIn(fields.instant("at"));
      case FAMILY_BEGAN ->
          new AccountEvent.FamilyBegan(
              fields.number("family"),
              new NewCredentials(
                  CredentialJson.hash(fields, "lineage"),
                  CredentialJson.hash(fields, "key"),
                  CredentialJson.hash(fields, "token")),
              fields.instant("at"));
      case FAMILY_USED ->
          new AccountEvent.FamilyUsed(fields.number("family"), fields.instant("at"));
      case ROTATED -> rotated(fields);
      case FAMILY_ENDED ->
          new AccountEvent.FamilyEnded(
              fields.number("family"), cause(fields), fields.instant("at"));
      case DELETED ->
          new AccountEvent.AccountDeleted(fields.instant("erased_after"), fields.instant("at"));
      case RESTORED -> new AccountEvent.AccountRestored(fields.instant("at"));
      case ERASED -> new AccountEvent.AccountErased(fields.instant("at"));
      default -> throw new IllegalArgumentException(manifest + ": expected one of " + MANIFESTS);
    };
  }

  private static void put(ObjectNode node, AccountEvent.CredentialsRotated rotated) {
    node.put("family", rotated.family());
    CredentialJson.put(node, "key", rotated.key());
    CredentialJson.put(node, "token", rotated.token());
    CredentialJson.put(node, "result", rotated.result());
    Fields.put(node, "grace_until", rotated.graceUntil());
    Fields.put(node, "old_key_until", rotated.oldKeyUntil());
  }

  private static AccountEvent rotated(Fields fields) {
    return new AccountEvent.CredentialsRotated(
        fields.number("family"),
        CredentialJson.hash(fields, "key"),
        CredentialJson.hash(fields, "token"),
        CredentialJson.result(fields, "result"),
        fields.instant("grace_until"),
        fields.instant("old_key_until"),
        fields.instant("at"));
  }

  private static FamilyEnd cause(Fields fields) {
    try {
      return FamilyEnd.valueOf(fields.text("cause").toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException _) {
      throw Fields.unreadable("cause", "a cause this version knows");
    }
  }
}
