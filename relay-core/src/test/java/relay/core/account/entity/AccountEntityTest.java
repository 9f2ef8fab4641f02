package relay.core.account.entity;

import static org.assertj.core.api.Assertions.assertThat;
import static relay.core.account.entity.AccountStage.ACCOUNT;
import static relay.core.account.entity.AccountStage.GRACE;
import static relay.core.account.entity.AccountStage.START;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.apache.pekko.actor.testkit.typed.javadsl.LoggingTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import relay.core.account.AccountAnswer;
import relay.core.account.AccountEvent;
import relay.core.account.ApiKey;
import relay.core.account.Identity;
import relay.core.account.NewCredentials;
import relay.core.account.PersonalDetails;
import relay.core.account.RefreshToken;
import relay.core.account.Rotation;
import relay.core.account.SealedResult;

/** An account keeps what it promises, and tells its sockets what concerns them. */
class AccountEntityTest {
  private static final Identity GITHUB = new Identity("github", "583231");
  private static final PersonalDetails ADA = new PersonalDetails("ada@example.org", "Ada", null);
  private static final AccountAnswer.Unknown UNKNOWN = new AccountAnswer.Unknown(false);

  private final AccountStage stage = new AccountStage();
  private final Random random = new Random(1);
  private final ApiKey key = ApiKey.mint(random);
  private final RefreshToken token = RefreshToken.mint(random);

  @AfterEach
  void stop() {
    stage.close();
  }

  @Test
  void whatWasIssuedOutlivesARestart() {
    ActorRef<AccountCommand> account = stage.restarted(signedIn());

    assertThat(authenticate(account, key)).isInstanceOf(AccountAnswer.Authenticated.class);
    assertThat(stage.observed).containsExactly("woke", "woke");
  }

  @Test
  void aRotationIsAnsweredAlikeAfterARestart() {
    Rotation first = rotation("first");
    ActorRef<AccountCommand> account = signedIn();
    assertThat(rotate(account, first)).isEqualTo(new AccountAnswer.Rotated(1, List.of()));
    stage.now = START.plus(GRACE).minusMillis(1);

    ActorRef<AccountCommand> next = stage.restarted(account);

    assertThat(rotate(next, rotation("second")))
        .isEqualTo(new AccountAnswer.Replayed(first.result()));
    assertThat(stage.announced).isEmpty();
  }

  @Test
  void aCopiedTokenEndsItsFamilyAndIsToldToEverybodyConcerned() {
    ActorRef<AccountCommand> account = signedIn();
    rotate(account, rotation("first"));
    stage.now = START.plus(GRACE);

    LoggingTestKit.warn("refresh_token_reused")
        .expect(
            stage.kit.system(),
            () -> {
              assertThat(rotate(account, rotation("again")))
                  .isInstanceOf(AccountAnswer.Reused.class);
              return null;
            });

    assertThat(stage.announced)
        .containsExactly(new ToAccount(ACCOUNT, new AccountNotice.FamilyRevoked(1)));
    assertThat(stage.observed).containsExactly("woke", "token reused");
    assertThat(stage.written().getLast()).isInstanceOf(AccountEvent.FamilyEnded.class);
    assertThat(authenticate(stage.restarted(account), key)).isEqualTo(UNKNOWN);
  }

  @Test
  void aRevocationIsToldToItsSockets() {
    ActorRef<AccountCommand> account = signedIn();

    assertThat(
            stage.<AccountAnswer.ToRevoke>ask(
                account, it -> new AccountCommand.Revoke(key.hash(), it)))
        .isEqualTo(new AccountAnswer.Revoked(1, List.of(token.lineage(), key.hash())));

    assertThat(stage.announced)
        .containsExactly(new ToAccount(ACCOUNT, new AccountNotice.FamilyRevoked(1)));
    assertThat(authenticate(account, key)).isEqualTo(UNKNOWN);
  }

  @Test
  void deletionAndItsEndAreToldToItsSockets() {
    ActorRef<AccountCommand> account = signedIn();
    stage.<AccountAnswer.ToDescribe>ask(account, AccountCommand.Delete::new);
    stage.<AccountAnswer.ToDescribe>ask(account, AccountCommand.Restore::new);

    assertThat(stage.announced)
        .containsExactly(
            new ToAccount(ACCOUNT, new AccountNotice.Deleted()),
            new ToAccount(ACCOUNT, new AccountNotice.Restored()));
  }

  @Test
  void ofAnErasedAccountOnlyThatIsKept() {
    ActorRef<AccountCommand> account = signedIn();
    for (int i = 0; i < 120; i++) {
      stage.<AccountAnswer.ToSignIn>ask(account, it -> new AccountCommand.SignIn(GITHUB, ADA, it));
    }
    stage.<AccountAnswer.ToDescribe>ask(account, AccountCommand.Delete::new);
    stage.now = START.plus(Duration.ofDays(30));

    assertThat(authenticate(account, key)).isEqualTo(new AccountAnswer.Unknown(true));

    assertThat(stage.announced)
        .contains(new ToAccount(ACCOUNT, new AccountNotice.FamilyRevoked(1)));
    stage.shard.awaitAssert(
        () -> {
          assertThat(stage.written()).containsExactly(new AccountEvent.AccountErased(stage.now));
          return null;
        });
    assertThat(
            stage.<AccountAnswer.ToSignIn>ask(
                stage.restarted(account), it -> new AccountCommand.SignIn(GITHUB, ADA, it)))
        .isEqualTo(new AccountAnswer.Unknown(true));
  }

  @Test
  void itsErasureIsAnsweredOnceNothingElseIsLeft() {
    ActorRef<AccountCommand> account = signedIn();
    assertThat(erase(account)).isInstanceOf(AccountAnswer.Described.class);
    stage.<AccountAnswer.ToDescribe>ask(account, AccountCommand.Delete::new);
    stage.now = START.plus(Duration.ofDays(30)).minusMillis(1);
    assertThat(erase(account)).isInstanceOf(AccountAnswer.Described.class);
    stage.now = START.plus(Duration.ofDays(30));

    assertThat(erase(account)).isEqualTo(new AccountAnswer.Unknown(true));
    assertThat(stage.written()).containsExactly(new AccountEvent.AccountErased(stage.now));
    assertThat(stage.announced)
        .contains(new ToAccount(ACCOUNT, new AccountNotice.FamilyRevoked(1)));

    assertThat(erase(stage.restarted(account))).isEqualTo(new AccountAnswer.Unknown(true));
    assertThat(stage.written()).hasSize(1);
  }

  @Test
  void anErasureThatTheJournalDidNotCarryOutIsNotAnsweredAndIsRepeated() {
    ActorRef<AccountCommand> account = signedIn();
    stage.<AccountAnswer.ToDescribe>ask(account, AccountCommand.Delete::new);
    stage.now = START.plus(Duration.ofDays(30));
    stage.journal.failNextDelete();
    TestProbe<AccountAnswer.ToDescribe> asker = stage.kit.createTestProbe();

    LoggingTestKit.warn("account_not_erased")
        .expect(
            stage.kit.system(),
            () -> {
              account.tell(new AccountCommand.Erase(asker.ref()));
              return null;
            });

    asker.expectNoMessage();
    assertThat(stage.written()).hasSizeGreaterThan(1);
    assertThat(erase(account)).isEqualTo(new AccountAnswer.Unknown(true));
    assertThat(stage.written()).containsExactly(new AccountEvent.AccountErased(stage.now));
  }

  @Test
  void aKeyThatIsUsedIsAnsweredBeforeThatIsWritten() {
    ActorRef<AccountCommand> account = signedIn();
    stage.now = START.plus(Duration.ofDays(1));
    stage.journal.failNextPersisted();

    assertThat(authenticate(account, key)).isInstanceOf(AccountAnswer.Authenticated.class);

    stage.shard.awaitAssert(
        () -> {
          assertThat(authenticate(account, key)).isInstanceOf(AccountAnswer.Authenticated.class);
          assertThat(stage.written().getLast())
              .isEqualTo(new AccountEvent.FamilyUsed(1, stage.now));
          return null;
        });
  }

  @Test
  void whatCannotBeWrittenIsNotAnswered() {
    ActorRef<AccountCommand> account = signedIn();
    stage.journal.failNextPersisted();
    TestProbe<AccountAnswer.ToRefresh> asker = stage.kit.createTestProbe();

    account.tell(new AccountCommand.Refresh(rotation("lost"), asker.ref()));

    asker.expectNoMessage(Duration.ofMillis(200));
    stage.shard.awaitAssert(
        () -> {
          Rotation again = rotation("kept");
          assertThat(rotate(account, again)).isInstanceOf(AccountAnswer.Rotated.class);
          return null;
        });
  }

  @Test
  void anAccountThatIsAskedNothingAsksToLeaveMemory() {
    ActorRef<AccountCommand> account = stage.account(Duration.ofMillis(50));

    var wish = stage.shard.expectMessageClass(ClusterSharding.Passivate.class);

    assertThat(wish).isEqualTo(new ClusterSharding.Passivate<>(account));
  }

  private ActorRef<AccountCommand> signedIn() {
    ActorRef<AccountCommand> account = stage.account();
    stage.<AccountAnswer.ToSignIn>ask(account, it -> new AccountCommand.SignIn(GITHUB, ADA, it));
    assertThat(
            stage.<AccountAnswer.ToIssue>ask(
                account, it -> new AccountCommand.Issue(NewCredentials.of(key, token), it)))
        .isEqualTo(new AccountAnswer.Issued(1, List.of()));
    return account;
  }

  private AccountAnswer.ToDescribe erase(ActorRef<AccountCommand> account) {
    return stage.ask(account, AccountCommand.Erase::new);
  }

  private Rotation rotation(String result) {
    return new Rotation(
        token.hash(),
        NewCredentials.of(ApiKey.mint(random), token.successor(random)),
        SealedResult.seal(result, token, random));
  }

  private AccountAnswer.ToRefresh rotate(ActorRef<AccountCommand> account, Rotation rotation) {
    return stage.ask(account, it -> new AccountCommand.Refresh(rotation, it));
  }

  private AccountAnswer.ToAuthenticate authenticate(ActorRef<AccountCommand> account, ApiKey by) {
    return stage.ask(account, it -> new AccountCommand.Authenticate(by.hash(), it));
  }
}
