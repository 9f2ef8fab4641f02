package relay.http.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.receptionist.Receptionist;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import relay.core.account.AccountId;
import relay.core.account.Identity;
import relay.core.account.PersonalDetails;
import relay.core.account.entity.AccountNotice;
import relay.core.account.entity.ToAccount;
import relay.core.room.entity.EdgeCommand;
import relay.http.access.AccountDesk;
import relay.http.access.Authentication;
import relay.http.access.IssuedCredentials;
import relay.http.access.Refreshing;
import relay.http.testing.RelayCluster;
import relay.persistence.EmbeddedPostgresExtension;

/** Two relays, one database: whatever one of them issues or ends, the other knows at once. */
class AccountsAcrossNodesIT {
  @RegisterExtension
  static final EmbeddedPostgresExtension POSTGRES = new EmbeddedPostgresExtension();

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private static RelayCluster cluster;
  private static RelayNode first;
  private static RelayNode second;

  @BeforeAll
  static void start() {
    cluster = new RelayCluster(POSTGRES.emptyDatabase());
    first = RelayNode.start(RelayCluster.config(cluster.nextSettings()));
    second = RelayNode.start(RelayCluster.config(cluster.nextSettings()));
  }

  @AfterAll
  static void stop() {
    second.stop().toCompletableFuture().join();
    first.stop().toCompletableFuture().join();
    cluster.close();
  }

  @Test
  void manySignInsAtOnceMakeOneAccount() {
    List<CompletableFuture<AccountDesk.Found>> found =
        IntStream.range(0, 20)
            .mapToObj(
                i ->
                    node(i)
                        .accounts()
                        .desk()
                        .findOrCreate(
                            new Identity(i % 4 < 2 ? "github" : "google", "1"),
                            new PersonalDetails("many@example.org", "Many", null))
                        .toCompletableFuture())
            .toList();

    List<AccountDesk.Found> answers = found.stream().map(CompletableFuture::join).toList();
    assertThat(answers.stream().map(AccountDesk.Found::account).distinct()).hasSize(1);
    assertThat(answers.stream().filter(AccountDesk.Found::isNew)).hasSize(1);
  }

  @Test
  void whatOneNodeIssuedCountsOnTheOther() {
    AccountId account = signIn("issued");
    IssuedCredentials issued = join(first.accounts().credentials().issue(account)).orElseThrow();

    assertThat(join(second.accounts().authenticator().authenticate(issued.apiKey().text())))
        .isInstanceOfSatisfying(
            Authentication.Accepted.class, it -> assertThat(it.account()).isEqualTo(account));
  }

  @Test
  void manyRefreshesAtOnceAreAnsweredWithTheSameBytes() {
    AccountId account = signIn("refreshed");
    String token =
        join(first.accounts().credentials().issue(account)).orElseThrow().refreshToken().text();

    List<CompletableFuture<Refreshing>> answers = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      answers.add(node(i).accounts().credentials().refresh(token).toCompletableFuture());
    }

    assertThat(answers.stream().map(CompletableFuture::join).distinct())
        .singleElement()
        .isInstanceOf(Refreshing.Refreshed.class);
  }

  @Test
  void theEdgesOfBothHearOfARevocation() {
    AccountId account = signIn("revoked");
    IssuedCredentials issued = join(first.accounts().credentials().issue(account)).orElseThrow();
    TestProbe<EdgeCommand> near = TestProbe.create(EdgeCommand.class, first.system());
    TestProbe<EdgeCommand> far = TestProbe.create(EdgeCommand.class, second.system());
    first.system().receptionist().tell(Receptionist.register(EdgeCommand.KEY, near.ref()));
    second.system().receptionist().tell(Receptionist.register(EdgeCommand.KEY, far.ref()));
    awaitListed();

    assertThat(join(second.accounts().credentials().revoke(issued.apiKey().text()))).isTrue();

    var revoked = new ToAccount(account, new AccountNotice.FamilyRevoked(1));
    near.expectMessage(PATIENCE, revoked);
    far.expectMessage(PATIENCE, revoked);
    assertThat(join(first.accounts().authenticator().authenticate(issued.apiKey().text())))
        .isEqualTo(new Authentication.Refused());
  }

  /** Edges are found by gossip: both must be known to both nodes before anything is announced. */
  private static void awaitListed() {
    for (RelayNode node : List.of(first, second)) {
      TestProbe<Receptionist.Listing> listings = TestProbe.create(node.system());
      listings.awaitAssert(
          PATIENCE,
          () -> {
            node.system().receptionist().tell(Receptionist.find(EdgeCommand.KEY, listings.ref()));
            assertThat(listings.receiveMessage().getServiceInstances(EdgeCommand.KEY)).hasSize(4);
            return null;
          });
    }
  }

  private static AccountId signIn(String who) {
    return join(first
            .accounts()
            .desk()
            .findOrCreate(
                new Identity("github", who),
                new PersonalDetails(who + "@example.org", "Ada", null)))
        .account();
  }

  private static RelayNode node(int i) {
    return i % 2 == 0 ? first : second;
  }

  private static <T> T join(CompletionStage<T> stage) {
    return stage.toCompletableFuture().join();
  }
}
