package relay.core.account.entity;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import relay.core.account.AccountAnswer;
import relay.core.account.AccountId;
import relay.core.account.ApiKey;
import relay.core.account.Identity;
import relay.core.account.LinkedProvider;
import relay.core.account.NewCredentials;
import relay.core.account.PersonalDetails;
import relay.core.account.Profile;
import relay.core.account.RefreshToken;
import relay.core.account.Rotation;
import relay.core.account.SealedResult;
import relay.core.subscription.Balance;
import relay.core.subscription.QuotaExceeded;

/** Whatever an account is asked and answers arrives on another node as it was sent. */
class AccountMessagesTest {
  private static final ActorTestKit KIT = ActorTestKit.create();
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00.001Z");
  private static final AccountId ACCOUNT = new AccountId("a".repeat(32));
  private static final ApiKey KEY = ApiKey.mint(new Random(1));
  private static final RefreshToken TOKEN = RefreshToken.mint(new Random(2));
  private static final NewCredentials CREDENTIALS = NewCredentials.of(KEY, TOKEN);
  private static final SealedResult SEALED = SealedResult.seal("{}", TOKEN, new Random(3));
  private static final PersonalDetails DETAILS =
      new PersonalDetails("a@example.org", "Ada", "https://example.org/a.png");
  private static final Identity IDENTITY = new Identity("github", "583231");

  @AfterAll
  static void stop() {
    KIT.shutdownTestKit();
  }

  @Test
  void questionsArriveAsSent() {
    arrive(
        new AccountCommand.Authenticate(KEY.hash(), probe()),
        new AccountCommand.Check(3, probe()),
        new AccountCommand.SignIn(IDENTITY, DETAILS, probe()),
        new AccountCommand.SignIn(IDENTITY, PersonalDetails.NONE, probe()),
        new AccountCommand.Create(DETAILS, probe()),
        new AccountCommand.Issue(CREDENTIALS, probe()),
        new AccountCommand.Refresh(new Rotation(TOKEN.hash(), CREDENTIALS, SEALED), probe()),
        new AccountCommand.Revoke(KEY.hash(), probe()),
        new AccountCommand.Describe(probe()),
        new AccountCommand.Delete(probe()),
        new AccountCommand.Restore(probe()),
        new AccountCommand.Erase(probe()));
  }

  @Test
  void answersArriveAsSent() {
    Profile profile = new Profile(DETAILS, List.of(new LinkedProvider(IDENTITY, NOW)), NOW, NOW);
    arrive(
        new AccountAnswer.Authenticated(3, "a@example.org", null, NOW),
        new AccountAnswer.Authenticated(3, null, "Ada", null),
        new AccountAnswer.Unknown(true),
        new AccountAnswer.SignedIn(true, profile, null),
        new AccountAnswer.Exists(),
        new AccountAnswer.Issued(4, List.of(KEY.hash())),
        new AccountAnswer.Rotated(4, List.of()),
        new AccountAnswer.Replayed(SEALED),
        new AccountAnswer.Reused(4, List.of(TOKEN.lineage())),
        new AccountAnswer.TooManyRotations(),
        new AccountAnswer.Revoked(4, List.of(KEY.hash())),
        new AccountAnswer.Described(profile, 2, NOW, NOW));
  }

  @Test
  void noticesArriveAsSent() {
    arrive(
        new ToAccount(ACCOUNT, new AccountNotice.FamilyRevoked(1L << 40)),
        new ToAccount(ACCOUNT, new AccountNotice.Deleted()),
        new ToAccount(ACCOUNT, new AccountNotice.Restored()),
        new ToAccount(
            ACCOUNT,
            new AccountNotice.OutOfCredits(new QuotaExceeded(1_003, 1_000, "5h-1", NOW, null))),
        new ToAccount(
            ACCOUNT,
            new AccountNotice.OutOfCredits(
                new QuotaExceeded(
                    1_003, 1_000, "5h-1", NOW, new Balance.Bonus(10_000, 10_000, NOW, false)))));
  }

  private static <A extends AccountAnswer> ActorRef<A> probe() {
    return KIT.<A>createTestProbe().ref();
  }

  private static void arrive(Object... messages) {
    assertThat(Stream.of(messages))
        .allSatisfy(
            it ->
                assertThat(KIT.serializationTestKit().verifySerialization(it, true)).isEqualTo(it));
  }
}
