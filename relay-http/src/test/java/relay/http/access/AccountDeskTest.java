package relay.http.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import relay.core.account.AccountEvent;
import relay.core.account.AccountId;
import relay.core.account.Fate;
import relay.core.account.Identity;
import relay.core.account.LinkedProvider;
import relay.core.account.PersonalDetails;

/** Who gets which account (TermOnMac 7.6, 7.7). */
class AccountDeskTest {
  private static final ActorTestKit KIT = ActorTestKit.create();
  private static final Identity GITHUB = new Identity("github", "1");
  private static final Identity GOOGLE = new Identity("google", "1");
  private static final PersonalDetails ADA = new PersonalDetails("ada@example.org", "Ada", null);
  private static final PersonalDetails NAMELESS = new PersonalDetails(null, "Ada", null);

  private final RuledAccounts accounts = new RuledAccounts(KIT.system().ignoreRef());
  private final DeletionsInMemory deletions = new DeletionsInMemory();
  private final AccountDesk desk =
      new IndexedAccountDesk(
          accounts, accounts, new DeletionNotes(deletions, () -> accounts.now), new Random(1));

  @AfterAll
  static void stop() {
    KIT.shutdownTestKit();
  }

  @Test
  void theSamePersonFindsTheSameAccount() {
    AccountDesk.Found first = join(desk.findOrCreate(GITHUB, ADA));
    AccountDesk.Found second = join(desk.findOrCreate(GITHUB, NAMELESS));

    assertThat(first.isNew()).isTrue();
    assertThat(second.isNew()).isFalse();
    assertThat(second.account()).isEqualTo(first.account());
    assertThat(second.profile().details()).isEqualTo(ADA);
  }

  @Test
  void aVerifiedEmailLinksAnotherProvider() {
    AccountDesk.Found first = join(desk.findOrCreate(GITHUB, ADA));
    AccountDesk.Found second = join(desk.findOrCreate(GOOGLE, ADA));

    assertThat(second.account()).isEqualTo(first.account());
    assertThat(second.profile().primaryProvider()).contains("github");
    assertThat(second.profile().providers())
        .extracting(LinkedProvider::identity)
        .containsExactly(GITHUB, GOOGLE);
  }

  @Test
  void withoutAVerifiedEmailNothingIsLinked() {
    AccountDesk.Found first = join(desk.findOrCreate(GITHUB, ADA));
    AccountDesk.Found second = join(desk.findOrCreate(GOOGLE, NAMELESS));

    assertThat(second.account()).isNotEqualTo(first.account());
    assertThat(second.isNew()).isTrue();
  }

  @Test
  void anOperatorsAccountIsFoundByItsEmail() {
    AccountDesk.Found made = join(desk.create(ADA)).orElseThrow();

    assertThat(made.isNew()).isTrue();
    assertThat(join(desk.create(ADA))).as("it has one").isEmpty();
    AccountDesk.Found found = join(desk.findOrCreate(GITHUB, ADA));
    assertThat(found.account()).isEqualTo(made.account());
    assertThat(found.profile().primaryProvider()).contains("github");
  }

  @Test
  void aClaimWhoseMakerDiedIsTakenUpByTheNext() {
    var lost = join(accounts.claim(GITHUB, "ada@example.org", made()));

    AccountDesk.Found found = join(desk.findOrCreate(GITHUB, ADA));

    assertThat(found.account()).isEqualTo(lost);
    assertThat(found.isNew()).isTrue();
  }

  @Test
  void deletionBeginsOnceAndCanBeUndone() {
    var account = join(desk.findOrCreate(GITHUB, ADA)).account();

    assertThat(join(desk.delete(account)).orElseThrow().deletedAt()).isEqualTo(accounts.now);
    assertThat(join(desk.findOrCreate(GITHUB, ADA)).deletedAt()).isEqualTo(accounts.now);
    assertThat(join(desk.create(ADA))).isEmpty();
    assertThat(join(desk.restore(account)).orElseThrow().deletedAt()).isNull();
    assertThat(join(desk.describe(account)).orElseThrow().deletedAt()).isNull();
    assertThat(accounts.events.stream().filter(AccountEvent.AccountDeleted.class::isInstance))
        .hasSize(1);
  }

  @Test
  void whoIsBeingDeletedWillBeAskedOnceItCannotBeUndone() {
    AccountId account = join(desk.findOrCreate(GITHUB, ADA)).account();
    join(desk.delete(account));
    Instant due = accounts.now.plus(Duration.ofDays(30)).plus(Fate.LINGER);
    accounts.now = accounts.now.plus(Duration.ofDays(10));
    join(desk.delete(account));

    assertThat(deletions.noted).containsExactly(Map.entry(account, due));
  }

  @Test
  void whatCannotBeNotedIsNotDeleted() {
    AccountId account = join(desk.findOrCreate(GITHUB, ADA)).account();
    deletions.isAway = true;

    assertThat(desk.delete(account).toCompletableFuture()).isCompletedExceptionally();
    assertThat(join(desk.describe(account)).orElseThrow().deletedAt()).isNull();
  }

  @Test
  void whoComesBackAfterTheGraceGetsANewAccount() {
    var erased = join(desk.findOrCreate(GITHUB, ADA)).account();
    join(desk.delete(erased));
    accounts.now = accounts.now.plus(Duration.ofDays(30));

    AccountDesk.Found next = join(desk.findOrCreate(GITHUB, ADA));

    assertThat(next.isNew()).isTrue();
    assertThat(next.account()).isNotEqualTo(erased);
    assertThat(join(desk.describe(erased))).isEmpty();
    assertThat(join(desk.restore(erased))).isEmpty();
    assertThat(join(desk.findOrCreate(GITHUB, ADA)).account()).isEqualTo(next.account());
  }

  @Test
  void anOperatorMayMakeItAnewToo() {
    var erased = join(desk.create(ADA)).orElseThrow().account();
    join(desk.delete(erased));
    accounts.now = accounts.now.plus(Duration.ofDays(30));

    assertThat(join(desk.create(ADA)).orElseThrow().account()).isNotEqualTo(erased);
  }

  @Test
  void whoMadeItIsFoundToHaveMadeItAgain() {
    AccountId wanted = made();
    AccountDesk.Found first = join(desk.create(ADA, wanted)).orElseThrow();
    AccountDesk.Found again = join(desk.create(ADA, wanted)).orElseThrow();

    assertThat(first).isEqualTo(new AccountDesk.Found(wanted, true, first.profile(), null));
    assertThat(again).isEqualTo(new AccountDesk.Found(wanted, false, first.profile(), null));
    assertThat(join(desk.create(ADA, AccountId.mint(new Random(8))))).as("others").isEmpty();
    assertThat(join(desk.create(ADA))).as("nor").isEmpty();
    assertThat(accounts.events).hasSize(1);
  }

  @Test
  void anErasedIdIsNotMadeAgain() {
    AccountId wanted = made();
    join(desk.create(ADA, wanted));
    join(desk.delete(wanted));
    accounts.now = accounts.now.plus(Duration.ofDays(30));

    assertThat(join(desk.create(ADA, wanted)).orElseThrow().account()).isNotEqualTo(wanted);
  }

  @Test
  void ofAnAccountNobodyMadeNothingIsKnown() {
    assertThat(join(desk.describe(made()))).isEmpty();
    assertThat(join(desk.delete(made()))).isEmpty();
  }

  private static AccountId made() {
    return AccountId.mint(new Random(7));
  }

  private static <T> T join(CompletionStage<T> stage) {
    return stage.toCompletableFuture().join();
  }
}
