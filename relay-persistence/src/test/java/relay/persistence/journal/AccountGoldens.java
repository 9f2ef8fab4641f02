package relay.persistence.journal;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import relay.core.account.AccountEvent;
import relay.core.account.AccountSnapshot;
import relay.core.account.CredentialHash;
import relay.core.account.Deletion;
import relay.core.account.Family;
import relay.core.account.FamilyEnd;
import relay.core.account.Identity;
import relay.core.account.LinkedProvider;
import relay.core.account.NewCredentials;
import relay.core.account.PersonalDetails;
import relay.core.account.Profile;
import relay.core.account.RotatedAway;
import relay.core.account.SealedResult;

/** Golden files of accounts, without their ending, and what they mean. */
final class AccountGoldens {
  private static final Instant AT = Instant.parse("2026-11-21T08:30:00.123456789Z");
  private static final Instant LATER = Instant.parse("2026-11-21T08:35:00Z");
  private static final PersonalDetails ADA =
      new PersonalDetails("ada@example.org", "Ada Lövelace", "https://example.org/ada.png");
  private static final Identity GITHUB = new Identity("github", "583231");
  private static final CredentialHash LINEAGE = hash("1");
  private static final CredentialHash KEY = hash("2");
  private static final CredentialHash TOKEN = hash("3");
  private static final CredentialHash NEXT_KEY = hash("4");
  private static final CredentialHash NEXT_TOKEN = hash("5");
  private static final SealedResult RESULT = new SealedResult("1.AAECAwQFBgcICQoLDA0ODw==");
  private static final Profile PROFILE =
      new Profile(ADA, List.of(new LinkedProvider(GITHUB, AT)), AT, LATER);
  private static final Family FAMILY =
      new Family(
          7,
          LINEAGE,
          NEXT_KEY,
          NEXT_TOKEN,
          AT,
          LATER,
          List.of(new RotatedAway(KEY, TOKEN, RESULT, AT, LATER)));

  static final Map<String, Object> ALL =
      Map.ofEntries(
          Map.entry("account.created.1", new AccountEvent.AccountCreated(ADA, AT)),
          Map.entry(
              "account.created.1-nameless",
              new AccountEvent.AccountCreated(PersonalDetails.NONE, AT)),
          Map.entry("account.provider-linked.1", new AccountEvent.ProviderLinked(GITHUB, AT)),
          Map.entry("account.signed-in.1", new AccountEvent.SignedIn(AT)),
          Map.entry(
              "account.family-began.1",
              new AccountEvent.FamilyBegan(7, new NewCredentials(LINEAGE, KEY, TOKEN), AT)),
          Map.entry("account.family-used.1", new AccountEvent.FamilyUsed(7, AT)),
          Map.entry(
              "account.credentials-rotated.1",
              new AccountEvent.CredentialsRotated(
                  7, NEXT_KEY, NEXT_TOKEN, RESULT, LATER, LATER, AT)),
          Map.entry(
              "account.family-ended.1", new AccountEvent.FamilyEnded(7, FamilyEnd.REUSED, AT)),
          Map.entry("account.deleted.1", new AccountEvent.AccountDeleted(LATER, AT)),
          Map.entry("account.restored.1", new AccountEvent.AccountRestored(AT)),
          Map.entry("account.erased.1", new AccountEvent.AccountErased(AT)),
          Map.entry(
              "account.snapshot.1",
              new AccountSnapshot(PROFILE, 8, List.of(FAMILY), new Deletion(AT, LATER), null)),
          Map.entry(
              "account.snapshot.1-operators",
              new AccountSnapshot(
                  new Profile(PersonalDetails.NONE, List.of(), AT, AT), 1, List.of(), null, null)),
          Map.entry(
              "account.snapshot.1-vacant", new AccountSnapshot(null, 1, List.of(), null, null)),
          Map.entry(
              "account.snapshot.1-erased", new AccountSnapshot(null, 1, List.of(), null, AT)));

  private AccountGoldens() {}

  private static CredentialHash hash(String digit) {
    return new CredentialHash("sha256:" + digit.repeat(64));
  }
}
