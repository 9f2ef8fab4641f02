package relay.core.sharding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Join;
import org.apache.pekko.persistence.testkit.PersistenceTestKitPlugin;
import org.apache.pekko.persistence.testkit.PersistenceTestKitSnapshotPlugin;
import org.apache.pekko.persistence.testkit.javadsl.PersistenceTestKit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import relay.core.account.AccountAnswer;
import relay.core.account.AccountId;
import relay.core.account.AccountPolicy;
import relay.core.account.ApiKey;
import relay.core.account.Identity;
import relay.core.account.NewCredentials;
import relay.core.account.PersonalDetails;
import relay.core.account.RefreshToken;
import relay.core.account.entity.AccountCommand;
import relay.core.account.entity.AccountObserver;
import relay.core.account.entity.AccountSurroundings;
import relay.core.account.entity.Accounts;
import relay.core.settings.RelaySettings;

/**
 * Accounts are reached through sharding, leave memory and come back; a lost question is repeated.
 */
class ShardedAccountsTest {
  /** The first answer waits until the cluster is formed, too. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final Config CONFIG =
      ConfigFactory.parseString("pekko.cluster.jmx.enabled = off")
          .withFallback(PersistenceTestKitPlugin.getInstance().config())
          .withFallback(PersistenceTestKitSnapshotPlugin.config())
          .withFallback(ConfigFactory.load());
  private static final AccountId ACCOUNT = new AccountId("a".repeat(32));

  private final ActorTestKit kit = ActorTestKit.create("relay", CONFIG);
  private final PersistenceTestKit journal = PersistenceTestKit.create(kit.system());
  private final CountDownLatch wokeTwice = new CountDownLatch(2);

  @AfterEach
  void stop() {
    kit.shutdownTestKit();
  }

  @Test
  void aQuestionThatGetsNoAnswerIsAskedAgain() {
    Accounts accounts = start(Duration.ofSeconds(5));
    awaitAnswers(accounts);
    journal.failNextPersisted(ShardedAccounts.persistenceId(ACCOUNT).id());

    assertThat(accounts.ask(ACCOUNT, ShardedAccountsTest::create).toCompletableFuture().join())
        .isInstanceOf(AccountAnswer.SignedIn.class);
  }

  @Test
  void aQuestionThatMayNotBeAskedTwiceIsNot() {
    Accounts accounts = start(Duration.ofSeconds(2));
    awaitAnswers(accounts);
    journal.failNextPersisted(ShardedAccounts.persistenceId(ACCOUNT).id());

    assertThatThrownBy(
            () ->
                accounts.askOnce(ACCOUNT, ShardedAccountsTest::create).toCompletableFuture().join())
        .hasCauseInstanceOf(TimeoutException.class);
    assertThat(accounts.ask(ACCOUNT, ShardedAccountsTest::create).toCompletableFuture().join())
        .isInstanceOf(AccountAnswer.SignedIn.class);
  }

  @Test
  void anAccountThatLeftMemoryComesBack() throws InterruptedException {
    Accounts accounts = start(PATIENCE);
    ApiKey key = ApiKey.mint(new Random(1));
    NewCredentials credentials = NewCredentials.of(key, RefreshToken.mint(new Random(2)));

    var signedIn =
        accounts.<AccountAnswer.ToSignIn>ask(
            ACCOUNT,
            it -> new AccountCommand.SignIn(new Identity("github", "1"), PersonalDetails.NONE, it));
    assertThat(signedIn.toCompletableFuture().join()).isInstanceOf(AccountAnswer.SignedIn.class);
    var issued =
        accounts.<AccountAnswer.ToIssue>ask(
            ACCOUNT, it -> new AccountCommand.Issue(credentials, it));
    assertThat(issued.toCompletableFuture().join()).isInstanceOf(AccountAnswer.Issued.class);

    kit.createTestProbe()
        .awaitAssert(
            PATIENCE,
            () -> {
              var mine =
                  accounts.<AccountAnswer.ToAuthenticate>ask(
                      ACCOUNT, it -> new AccountCommand.Authenticate(key.hash(), it));
              assertThat(mine.toCompletableFuture().join())
                  .isInstanceOf(AccountAnswer.Authenticated.class);
              assertThat(wokeTwice.await(500, TimeUnit.MILLISECONDS)).isTrue();
              return null;
            });
  }

  private static AccountCommand create(ActorRef<AccountAnswer.ToCreate> replyTo) {
    return new AccountCommand.Create(PersonalDetails.NONE, replyTo);
  }

  private Accounts start(Duration answerTimeout) {
    Cluster cluster = Cluster.get(kit.system());
    cluster.manager().tell(Join.create(cluster.selfMember().address()));
    return ShardedAccounts.start(kit.system(), surroundings(answerTimeout));
  }

  private void awaitAnswers(Accounts accounts) {
    kit.createTestProbe()
        .awaitAssert(
            PATIENCE,
            () -> {
              var unknown =
                  accounts.<AccountAnswer.ToDescribe>ask(ACCOUNT, AccountCommand.Describe::new);
              assertThat(unknown).succeedsWithin(Duration.ofSeconds(10));
              return null;
            });
  }

  private AccountSurroundings surroundings(Duration answerTimeout) {
    AccountObserver observer =
        new AccountObserver() {
          @Override
          public void woke() {
            wokeTwice.countDown();
          }

          @Override
          public void tokenReused() {}

          @Override
          public void erased() {}
        };
    return new AccountSurroundings(
        AccountPolicy.of(RelaySettings.from(ConfigFactory.load()).account()),
        InstantSource.system(),
        (_, _) -> {},
        observer,
        answerTimeout,
        Duration.ofMillis(200));
  }
}
