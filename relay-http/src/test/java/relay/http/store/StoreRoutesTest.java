package relay.http.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Map;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import relay.core.account.AccountId;
import relay.core.account.PersonalDetails;
import relay.core.subscription.StoreOutcome;
import relay.core.subscription.entity.SubscriptionCommand;
import relay.http.testing.TestStore;

/** Whose a purchase is, and what whoever tells of it is answered. */
class StoreRoutesTest {
  private final Path directory;
  private StoreStage stage;

  StoreRoutesTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @BeforeEach
  void open() throws GeneralSecurityException, IOException {
    stage = StoreStage.open(directory);
  }

  @AfterEach
  void close() {
    stage.close();
  }

  private Map<String, Object> annsTransaction() {
    Map<String, Object> transaction = TestStore.transaction();
    transaction.put("appAccountToken", AccountToken.of(stage.ann));
    return transaction;
  }

  private static Map<String, Object> nobodysTransaction() {
    Map<String, Object> transaction = TestStore.transaction();
    transaction.remove("appAccountToken");
    return transaction;
  }

  private HttpResponse notified(String type, Map<String, Object> transaction)
      throws GeneralSecurityException, IOException {
    String signed = stage.store.sign(stage.store.notification(type, "uuid", transaction));
    return stage.notified("{\"signedPayload\":\"" + signed + "\"}");
  }

  private static void is(int status, String body, HttpResponse response) {
    assertThat(response.status().intValue()).isEqualTo(status);
    assertThat(StoreStage.text(response)).isEqualTo(body);
  }

  @ParameterizedTest
  @CsvSource({
    "APPLIED, applied",
    "DUPLICATE, duplicate",
    "STALE, stale",
    "ACKNOWLEDGED, acknowledged"
  })
  void aNotificationIsHandedToItsAccount(StoreOutcome outcome, String detail)
      throws GeneralSecurityException, IOException {
    stage.subscriptions.outcome = outcome;

    is(
        200,
        "{\"handled\":true,\"detail\":\"" + detail + "\"}",
        notified("DID_RENEW", annsTransaction()));
    assertThat(stage.subscriptions.changes)
        .singleElement()
        .isInstanceOfSatisfying(
            SubscriptionCommand.StoreNotified.class,
            it -> assertThat(it.notification().type()).isEqualTo("DID_RENEW"));
    assertThat(stage.told).containsExactly("DID_RENEW " + outcome);
  }

  @Test
  void aPurchaseThatNamesNoAccountIsTheFirstsWhoShowsIt()
      throws GeneralSecurityException, IOException {
    is(404, "{\"error\":\"PURCHASE_UNCLAIMED\"}", notified("SUBSCRIBED", nobodysTransaction()));
    String signed = stage.store.sign(nobodysTransaction());
    AccountId ben = stage.accounts.add(new PersonalDetails("ben@example.org", "Ben", null));
    String bensKey = stage.accounts.credentials(ben).apiKey().text();

    assertThat(stage.shown(signed, stage.annsKey).status().intValue()).isEqualTo(200);
    is(409, "{\"error\":\"PURCHASE_OF_ANOTHER_ACCOUNT\"}", stage.shown(signed, bensKey));
    assertThat(notified("DID_RENEW", nobodysTransaction()).status().intValue()).isEqualTo(200);
    assertThat(stage.owners).containsExactly(Map.entry("1", stage.ann));
    assertThat(stage.told)
        .containsExactly(
            "SUBSCRIBED UNKNOWN_ACCOUNT",
            "SHOWN_BY_BUYER APPLIED",
            "SHOWN_BY_BUYER OF_ANOTHER_ACCOUNT",
            "DID_RENEW APPLIED");
  }

  @Test
  void aPurchaseThatNamesAnAccountIsNobodyElses() throws GeneralSecurityException, IOException {
    is(
        409,
        "{\"error\":\"PURCHASE_OF_ANOTHER_ACCOUNT\"}",
        stage.shown(stage.store.sign(TestStore.transaction()), stage.annsKey));
    assertThat(stage.subscriptions.changes).isEmpty();

    assertThat(stage.shown(stage.store.sign(annsTransaction()), stage.annsKey).status().intValue())
        .isEqualTo(200);
    assertThat(stage.owners).isEmpty();
  }

  @Test
  void aProductOfNoTierIsToldSoThatItComesAgain() throws GeneralSecurityException, IOException {
    stage.subscriptions.outcome = StoreOutcome.UNKNOWN_PRODUCT;

    is(422, "{\"error\":\"PRODUCT_UNKNOWN\"}", notified("SUBSCRIBED", annsTransaction()));
    is(
        422,
        "{\"error\":\"PRODUCT_UNKNOWN\"}",
        stage.shown(stage.store.sign(annsTransaction()), stage.annsKey));
    assertThat(stage.told)
        .containsExactly("SUBSCRIBED UNKNOWN_PRODUCT", "SHOWN_BY_BUYER UNKNOWN_PRODUCT");
  }

  @Test
  void aTypeThatTellsNothingHereIsCountedWithTheOthers()
      throws GeneralSecurityException, IOException {
    notified("PRICE_INCREASE", annsTransaction());
    notified("UNVERIFIED", annsTransaction());

    assertThat(stage.told).containsExactly("OTHER APPLIED", "OTHER APPLIED");
  }

  @Test
  void aNotificationAboutNoPurchaseIsAcknowledged() throws GeneralSecurityException, IOException {
    String signed =
        stage.store.sign(
            Map.of(
                "notificationType",
                "TEST",
                "notificationUUID",
                "uuid",
                "signedDate",
                TestStore.SIGNED.toEpochMilli(),
                "data",
                Map.of("bundleId", "org.example.app", "environment", "Sandbox")));

    is(
        200,
        "{\"handled\":true,\"detail\":\"acknowledged\"}",
        stage.notified("{\"signedPayload\":\"" + signed + "\"}"));
    assertThat(stage.subscriptions.changes).isEmpty();
    assertThat(stage.told).containsExactly("TEST ACKNOWLEDGED");
  }

  @Test
  void whatAStrangerSignedReachesNobody() throws GeneralSecurityException, IOException {
    TestStore stranger = TestStore.create();
    String said = stranger.sign(stranger.notification("SUBSCRIBED", "uuid", annsTransaction()));

    is(
        403,
        "{\"error\":\"SIGNATURE_INVALID\"}",
        stage.notified("{\"signedPayload\":\"" + said + "\"}"));
    is(
        403,
        "{\"error\":\"SIGNATURE_INVALID\"}",
        stage.shown(stranger.sign(annsTransaction()), stage.annsKey));
    assertThat(stage.subscriptions.changes).isEmpty();
    assertThat(stage.told).containsExactly("UNVERIFIED REFUSED", "SHOWN_BY_BUYER REFUSED");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "{}", "{\"signedPayload\":1}", "{\"signedPayload\":\"a\"} x"})
  void aBodyThatIsNoneIsRefused(String body) {
    is(400, "{\"error\":\"BAD_REQUEST\"}", stage.notified(body));
  }

  @Test
  void anAccountSeesWhatItMayUse() {
    is(
        200,
        "{\"tier\":\"free\",\"credits_per_window\":1000,\"max_rooms\":4,\"max_sessions\":-1,"
            + "\"app_account_token\":\""
            + AccountToken.of(stage.ann)
            + "\"}",
        stage.described(stage.annsKey));
    is(401, "{\"error\":\"UNAUTHORIZED\"}", stage.described("rdkey_" + "0".repeat(32)));
  }

  @Test
  void whoNotifiesTooOftenHasToWait() {
    int limited = 0;
    for (int i = 0; i < 250; i++) {
      limited += stage.notified("").status().intValue() == 429 ? 1 : 0;
    }

    assertThat(limited).isEqualTo(50);
  }

  @Test
  void whereNothingIsSoldNobodyBuys() throws GeneralSecurityException, IOException {
    try (StoreStage closed = StoreStage.closed()) {
      is(404, "{\"error\":\"NOT_FOUND\"}", closed.notified("{}"));
      is(404, "{\"error\":\"NOT_FOUND\"}", closed.shown("a", closed.annsKey));
      assertThat(closed.described(closed.annsKey).status().intValue()).isEqualTo(200);
    }
  }
}
