package relay.core.account.entity;

import static org.assertj.core.api.Assertions.assertThat;
import static relay.core.account.entity.AccountStage.ACCOUNT;
import static relay.core.account.entity.AccountStage.POLICY;
import static relay.core.account.entity.AccountStage.START;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.persistence.testkit.javadsl.EventSourcedBehaviorTestKit;
import org.apache.pekko.persistence.testkit.javadsl.EventSourcedBehaviorTestKit.CommandResultWithReply;
import org.apache.pekko.persistence.typed.PersistenceId;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import relay.core.account.Account;
import relay.core.account.AccountAnswer;
import relay.core.account.AccountEvent;
import relay.core.account.ApiKey;
import relay.core.account.FamilyEnd;
import relay.core.account.Identity;
import relay.core.account.NewCredentials;
import relay.core.account.PersonalDetails;
import relay.core.account.RefreshToken;
import relay.core.account.Rotation;
import relay.core.account.SealedResult;

/**
 * What each command writes and answers, and that the account is the same after a restart. Commands
 * and events are serialized on their way; an account's state is stored as a snapshot, never sent.
 * Each test has an account of its own, since one that is erased may still delete its events.
 */
class AccountEventsTest {
  private static final ActorTestKit KIT = ActorTestKit.create("relay", AccountStage.CONFIG);
  private static final AtomicInteger ACCOUNTS = new AtomicInteger();
  private static final Identity GITHUB = new Identity("github", "583231");
  private static final Identity GOOGLE = new Identity("google", "1");
  private static final PersonalDetails ADA = new PersonalDetails("ada@example.org", "Ada", null);

  private final Random random = new Random(1);
  private final ApiKey key = ApiKey.mint(random);
  private final RefreshToken token = RefreshToken.mint(random);
  private final NewCredentials minted = NewCredentials.of(key, token);
  private volatile Instant now = START;
  private EventSourcedBehaviorTestKit<AccountCommand, AccountEvent, Account> account;

  @BeforeEach
  void vacant() {
    AccountSurroundings surroundings =
        new AccountSurroundings(
            POLICY,
            () -> now,
            (_, _) -> {},
            new Unobserved(),
            Duration.ofSeconds(5),
            Duration.ofHours(1));
    PersistenceId id = PersistenceId.of("account", "%032x".formatted(ACCOUNTS.incrementAndGet()));
    ActorRef<ClusterSharding.ShardCommand> shard =
        KIT.<ClusterSharding.ShardCommand>createTestProbe().ref();
    account =
        EventSourcedBehaviorTestKit.create(
            KIT.system(),
            AccountEntity.create(ACCOUNT, id, shard, surroundings),
            EventSourcedBehaviorTestKit.enabledSerializationSettings()
                .withVerifyState(false)
                .withVerifyEquality(true));
  }

  @AfterAll
  static void stop() {
    KIT.shutdownTestKit();
  }

  @Test
  void theFirstSignInMakesTheAccount() {
    AccountAnswer.ToSignIn answer =
        writes(
            it -> new AccountCommand.SignIn(GITHUB, ADA, it),
            new AccountEvent.AccountCreated(ADA, now),
            new AccountEvent.ProviderLinked(GITHUB, now));

    assertThat(answer)
        .isInstanceOfSatisfying(
            AccountAnswer.SignedIn.class, it -> assertThat(it.isNew()).isTrue());
    this.<AccountAnswer.ToSignIn>writes(
        it -> new AccountCommand.SignIn(GOOGLE, ADA, it),
        new AccountEvent.ProviderLinked(GOOGLE, now),
        new AccountEvent.SignedIn(now));
  }

  @Test
  void anOperatorMakesItOnce() {
    this.<AccountAnswer.ToCreate>writes(
        it -> new AccountCommand.Create(ADA, it), new AccountEvent.AccountCreated(ADA, now));

    AccountAnswer.ToCreate again = writes(it -> new AccountCommand.Create(ADA, it));

    assertThat(again).isEqualTo(new AccountAnswer.Exists());
  }

  @Test
  void credentialsBeginAFamilyWhoseUseIsWrittenNowAndThen() {
    signedIn();
    now = START.plus(Duration.ofDays(1));

    AccountAnswer.ToAuthenticate used =
        writes(
            it -> new AccountCommand.Authenticate(key.hash(), it),
            new AccountEvent.FamilyUsed(1, now));
    AccountAnswer.ToAuthenticate again = writes(it -> new AccountCommand.Check(1, it));

    assertThat(used).isInstanceOf(AccountAnswer.Authenticated.class).isEqualTo(again);
  }

  @Test
  void aRotationIsWrittenOnceAndAnsweredAlike() {
    signedIn();
    NewCredentials next = NewCredentials.of(ApiKey.mint(random), token.successor(random));
    SealedResult sealed = SealedResult.seal("result", token, random);
    Rotation rotation = new Rotation(token.hash(), next, sealed);

    AccountAnswer.ToRefresh first =
        writes(
            it -> new AccountCommand.Refresh(rotation, it),
            new AccountEvent.CredentialsRotated(
                1,
                next.key(),
                next.token(),
                sealed,
                now.plus(POLICY.rotationGrace()),
                now.plus(POLICY.rotationGrace()),
                now));
    AccountAnswer.ToRefresh second = writes(it -> new AccountCommand.Refresh(rotation, it));

    assertThat(first).isEqualTo(new AccountAnswer.Rotated(1, List.of()));
    assertThat(second).isEqualTo(new AccountAnswer.Replayed(sealed));
  }

  @Test
  void aRevocationEndsTheFamily() {
    signedIn();

    AccountAnswer.ToRevoke answer =
        writes(
            it -> new AccountCommand.Revoke(key.hash(), it),
            new AccountEvent.FamilyEnded(1, FamilyEnd.REVOKED, now));

    assertThat(answer)
        .isEqualTo(new AccountAnswer.Revoked(1, List.of(minted.lineage(), minted.key())));
  }

  @Test
  void aDeletionIsWrittenUndoneAndInTheEndCarriedOut() {
    signedIn();
    Instant erasedAfter = now.plus(POLICY.deletionGrace());
    var deleted = new AccountEvent.AccountDeleted(erasedAfter, now);
    this.<AccountAnswer.ToDescribe>writes(AccountCommand.Delete::new, deleted);
    this.<AccountAnswer.ToDescribe>writes(AccountCommand.Delete::new);
    this.<AccountAnswer.ToDescribe>writes(
        AccountCommand.Restore::new, new AccountEvent.AccountRestored(now));
    this.<AccountAnswer.ToDescribe>writes(AccountCommand.Delete::new, deleted);
    AccountAnswer.ToDescribe waiting = writes(AccountCommand.Erase::new);
    now = erasedAfter;

    TestProbe<AccountAnswer.ToDescribe> sweep = KIT.createTestProbe();
    account.runCommand(new AccountCommand.Erase(sweep.ref()));

    assertThat(waiting)
        .isInstanceOfSatisfying(
            AccountAnswer.Described.class,
            it -> assertThat(it.erasedAfter()).isEqualTo(erasedAfter));
    sweep.expectMessage(new AccountAnswer.Unknown(true));
    assertThat(account.restart().state()).isEqualTo(new Account.Erased(now));
  }

  @Test
  void whoOnlyAsksWritesNothing() {
    AccountAnswer.ToDescribe vacant = writes(AccountCommand.Describe::new);
    signedIn();
    AccountAnswer.ToDescribe described = writes(AccountCommand.Describe::new);

    assertThat(vacant).isEqualTo(new AccountAnswer.Unknown(false));
    assertThat(described)
        .isInstanceOfSatisfying(
            AccountAnswer.Described.class, it -> assertThat(it.families()).isEqualTo(1));
  }

  private void signedIn() {
    account.runCommand(
        (ActorRef<AccountAnswer.ToSignIn> it) -> new AccountCommand.SignIn(GITHUB, ADA, it));
    AccountAnswer.ToIssue issued =
        writes(
            it -> new AccountCommand.Issue(minted, it),
            new AccountEvent.FamilyBegan(1, minted, now));
    assertThat(issued).isEqualTo(new AccountAnswer.Issued(1, List.of()));
  }

  /** Does what it is told, and is the same afterwards when it has been rebuilt from its events. */
  private <A extends AccountAnswer> A writes(
      Function<ActorRef<A>, AccountCommand> command, AccountEvent... events) {
    CommandResultWithReply<AccountCommand, AccountEvent, Account, A> result =
        account.runCommand(command);
    assertThat(result.events()).containsExactly(events);
    assertThat(account.restart().state()).isEqualTo(result.state());
    return result.reply();
  }

  private record Unobserved() implements AccountObserver {
    @Override
    public void woke() {}

    @Override
    public void tokenReused() {}

    @Override
    public void erased() {}
  }
}
