package relay.http.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import relay.core.account.AccountId;
import relay.core.account.ApiKey;
import relay.core.account.Identity;
import relay.core.account.PersonalDetails;
import relay.core.account.RefreshToken;

/** What edges do with credentials: mint, find, exchange, repeat, end, and keep the index clean. */
class CredentialsTest {
  private static final ActorTestKit KIT = ActorTestKit.create();
  private static final PersonalDetails ADA = new PersonalDetails("ada@example.org", "Ada", null);

  private final Random random = new Random(1);
  private final RuledAccounts accounts = new RuledAccounts(KIT.system().ignoreRef());
  private final IndexedAuthenticator authenticator = new IndexedAuthenticator(accounts, accounts);
  private final Credentials credentials = new IndexedCredentials(accounts, accounts, random);
  private final AccountDesk desk =
      new IndexedAccountDesk(
          accounts,
          accounts,
          new DeletionNotes(new DeletionsInMemory(), () -> accounts.now),
          random);
  private AccountId ada;

  @BeforeEach
  void signIn() {
    ada = join(desk.findOrCreate(new Identity("github", "1"), ADA)).account();
  }

  @AfterAll
  static void stop() {
    KIT.shutdownTestKit();
  }

  @Test
  void whatIsIssuedIsAccepted() {
    IssuedCredentials issued = issue();

    assertThat(authenticate(issued.apiKey().text()))
        .isEqualTo(new Authentication.Accepted(ada, 1, "ada@example.org", "Ada", null));
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", "rdkey_", "rdkey_0123456789abcdef0123456789abcdef", "Bearer"})
  void nothingElseIs(@Nullable String key) {
    issue();

    assertThat(authenticate(key)).isEqualTo(new Authentication.Refused());
  }

  @Test
  void anAccountThatIsNotThereGetsNone() {
    AccountId nobody = new AccountId("f".repeat(32));

    assertThat(join(credentials.issue(nobody))).isEmpty();
    assertThat(accounts.owners).doesNotContainValue(nobody);
  }

  @Test
  void aRepeatedRefreshIsAnsweredWithTheSameBytes() {
    IssuedCredentials issued = issue();

    String first = refreshed(issued.refreshToken().text());
    accounts.now = accounts.now.plus(Duration.ofMinutes(5)).minusNanos(1);
    int indexed = accounts.owners.size();
    String second = refreshed(issued.refreshToken().text());

    assertThat(first)
        .matches("\\{\"api_key\":\"rdkey_[0-9a-f]{32}\",\"refresh_token\":\"rdrt_[0-9a-f]{128}\"}");
    assertThat(second).isEqualTo(first);
    assertThat(accounts.owners).as("what was minted in vain").hasSize(indexed);
  }

  @Test
  void whatARefreshAnsweredCounts() {
    String answer = refreshed(issue().refreshToken().text());

    assertThat(authenticate(keyIn(answer))).isInstanceOf(Authentication.Accepted.class);
    assertThat(refreshed(tokenIn(answer))).isNotEqualTo(answer);
  }

  @Test
  void aTokenOfLongAgoEndsItsFamily() {
    IssuedCredentials issued = issue();
    String answer = refreshed(issued.refreshToken().text());
    accounts.now = accounts.now.plus(Duration.ofMinutes(5));

    assertThat(join(credentials.refresh(issued.refreshToken().text())))
        .isEqualTo(new Refreshing.Invalid());

    assertThat(authenticate(keyIn(answer))).isEqualTo(new Authentication.Refused());
    assertThat(accounts.owners).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "rdrt_", "rdkey_0123456789abcdef0123456789abcdef"})
  void whatIsNoRefreshTokenIsInvalid(String token) {
    assertThat(join(credentials.refresh(token))).isEqualTo(new Refreshing.Invalid());
    assertThat(join(credentials.refresh(RefreshToken.mint(random).text())))
        .isEqualTo(new Refreshing.Invalid());
  }

  @Test
  void rotatingTooOftenIsRefusedAndHarmless() {
    String token = issue().refreshToken().text();
    for (int i = 0; i < 8; i++) {
      token = tokenIn(refreshed(token));
    }

    assertThat(join(credentials.refresh(token))).isEqualTo(new Refreshing.TooOften());
    accounts.now = accounts.now.plus(Duration.ofMinutes(5));
    assertThat(refreshed(token)).contains("rdkey_");
  }

  @Test
  void revokingEndsKeyAndTokenOfOneSignIn() {
    IssuedCredentials mac = issue();
    IssuedCredentials phone = issue();

    assertThat(join(credentials.revoke(mac.apiKey().text()))).isTrue();

    assertThat(authenticate(mac.apiKey().text())).isEqualTo(new Authentication.Refused());
    assertThat(join(credentials.refresh(mac.refreshToken().text())))
        .isEqualTo(new Refreshing.Invalid());
    assertThat(authenticate(phone.apiKey().text())).isInstanceOf(Authentication.Accepted.class);
    assertThat(join(credentials.revoke(mac.apiKey().text()))).isFalse();
    assertThat(join(credentials.revoke("rdkey_"))).isFalse();
    assertThat(accounts.owners)
        .containsOnlyKeys(phone.apiKey().hash(), phone.refreshToken().lineage());
  }

  @Test
  void aSocketAsksWhetherItsSignInStillCounts() {
    IssuedCredentials issued = issue();
    refreshed(issued.refreshToken().text());
    accounts.now = accounts.now.plus(Duration.ofMinutes(10));
    assertThat(join(authenticator.check(ada, 1)))
        .as("a rotation leaves it alone")
        .isInstanceOf(Authentication.Accepted.class);

    join(credentials.refresh(issued.refreshToken().text()));
    assertThat(join(authenticator.check(ada, 1))).isEqualTo(new Authentication.Refused());
    assertThat(join(authenticator.check(new AccountId("f".repeat(32)), 1)))
        .isEqualTo(new Authentication.Refused());
  }

  @Test
  void aSignInThatIsDisplacedLeavesTheIndex() {
    IssuedCredentials first = issue();
    issue();
    IssuedCredentials third = issue();

    assertThat(authenticate(first.apiKey().text())).isEqualTo(new Authentication.Refused());
    assertThat(authenticate(third.apiKey().text())).isInstanceOf(Authentication.Accepted.class);
    assertThat(accounts.owners).hasSize(4).doesNotContainKey(first.apiKey().hash());
  }

  @Test
  void theIndexForgetsAnErasedAccountWhenItsKeyIsShown() {
    IssuedCredentials issued = issue();
    join(desk.delete(ada));
    accounts.now = accounts.now.plus(Duration.ofDays(30));

    assertThat(authenticate(issued.apiKey().text())).isEqualTo(new Authentication.Refused());

    assertThat(accounts.owners).isEmpty();
    assertThat(accounts.claims).isEmpty();
  }

  @Test
  void inTheGraceOfADeletionKeysSaySo() {
    IssuedCredentials issued = issue();
    join(desk.delete(ada));

    assertThat(authenticate(issued.apiKey().text()))
        .isEqualTo(new Authentication.Accepted(ada, 1, "ada@example.org", "Ada", accounts.now));
  }

  @Test
  void nothingShowsWhatWasIssued() {
    IssuedCredentials issued = issue();

    assertThat(
            issued
                + " "
                + new Refreshing.Refreshed(issued.json())
                + authenticate(issued.apiKey().text()))
        .doesNotContain(issued.apiKey().text(), issued.refreshToken().text(), "ada@example.org");
    assertThat(ApiKey.parse(issued.apiKey().text())).contains(issued.apiKey());
  }

  private IssuedCredentials issue() {
    Optional<IssuedCredentials> issued = join(credentials.issue(ada));
    return issued.orElseThrow();
  }

  private Authentication authenticate(@Nullable String key) {
    return join(authenticator.authenticate(key));
  }

  private String refreshed(String token) {
    return ((Refreshing.Refreshed) join(credentials.refresh(token))).json();
  }

  private static String keyIn(String json) {
    return json.replaceFirst(".*(rdkey_[0-9a-f]+).*", "$1");
  }

  private static String tokenIn(String json) {
    return json.replaceFirst(".*(rdrt_[0-9a-f]+).*", "$1");
  }

  private static <T> T join(CompletionStage<T> stage) {
    return stage.toCompletableFuture().join();
  }
}
