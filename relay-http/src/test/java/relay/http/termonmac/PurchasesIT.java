package relay.http.termonmac;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import relay.http.testing.RelayServerExtension;
import relay.http.testing.TestStore;
import relay.http.testing.termonmac.AccountCalls;
import relay.http.testing.termonmac.MacPeer;
import relay.http.testing.termonmac.ServerMessage.QuotaExceeded;
import relay.http.testing.termonmac.ServerMessage.RoomRegistered;
import relay.http.testing.termonmac.TestAccounts.TestAccount;

/** A relay that sells tiers, a store that signs, and what both mean to Macs (TermOnMac 5.3). */
class PurchasesIT {
  private static final int FREE_CREDITS = 40;
  private static final TestStore STORE = store();

  @RegisterExtension
  static final RelayServerExtension RELAY =
      new RelayServerExtension()
          .with(RelayUnderTest.BONUS, 0)
          .with(RelayUnderTest.FLUSH, RelayUnderTest.SOON)
          .with("relay.store.bundle-id", "org.example.app")
          .with("relay.store.environments", "sandbox")
          .with("relay.store.root-certificates", List.of(rootOf(STORE).toString()))
          .with("relay.store.pro-products", "pro.month")
          .with("relay.tiers.free.credits-per-window", FREE_CREDITS)
          .with("relay.tiers.free.max-rooms", 1)
          .with("relay.tiers.free.max-sessions", 2)
          .with("relay.tiers.pro.max-sessions", 9);

  private final RelayUnderTest relay =
      new RelayUnderTest(RELAY::port, RELAY::port, () -> RELAY.node().opsAddress().getPort());
  private final TestAccount account = relay.newAccount();

  @Test
  void whoHasNoCreditsLeftIsBackOnceTheStoreToldOfItsPurchase() {
    assertThat(subscription().path("tier").asText()).isEqualTo("free");
    try (Couple couple = Couple.of(relay, account)) {
      couple.spendEverything();
      QuotaExceeded told = couple.mac().expect(QuotaExceeded.class);
      assertThat(told.limit()).isEqualTo(FREE_CREDITS);
      couple.mac().pass(Duration.ofSeconds(8));
      couple.mac().expect(QuotaExceeded.class);
      couple.mac().forgetPast();

      is(200, "{\"handled\":true,\"detail\":\"applied\"}", tell(STORE, "SUBSCRIBED", "bought"));

      couple.mac().comeBack();
      assertThat(couple.mac().expect(RoomRegistered.class).maxSessions()).contains(9L);
      couple.phone().start();
      couple.awaitTogether();
      couple.talk("paid");
    }
    assertThat(RELAY.ops("/metrics"))
        .contains("relay_termonmac_quota_exceeded_total{when=\"at_connect\"} 1.0")
        .contains("relay_termonmac_quota_exceeded_total{when=\"mid_session\"} 2.0");
    assertThat(subscription().path("tier").asText()).isEqualTo("pro");
    assertThat(subscription().path("product_id").asText()).isEqualTo("pro.month");
    assertThat(subscription().path("expires_at").asLong())
        .isEqualTo(TestStore.EXPIRES.toEpochMilli());
    assertThat(relay.calls().get("/usage", account.apiKey()).body().path("limit").asLong())
        .isEqualTo(10_000);
  }

  @Test
  void aPurchaseThatAnAppShowsMakesPlaceForAnotherMac() {
    try (MacPeer first = relay.newMac(account);
        MacPeer second = relay.newMac(account)) {
      first.start();
      first.awaitRegistered();
      second.start();
      assertThat(second.expectRefusal()).isEqualTo(403);

      AccountCalls.Answer shown = show(STORE);
      assertThat(shown.status()).isEqualTo(200);
      assertThat(shown.body()).isEqualTo(subscription());
      assertThat(shown.body().path("tier").asText()).isEqualTo("pro");

      second.comeBack();
      assertThat(second.expect(RoomRegistered.class).maxSessions()).contains(9L);
    }
  }

  @Test
  void aUuidThatWasHandledChangesNothingWhateverItSaysNow() {
    is(200, "{\"handled\":true,\"detail\":\"applied\"}", tell(STORE, "SUBSCRIBED", "again"));
    JsonNode bought = subscription();

    is(200, "{\"handled\":true,\"detail\":\"duplicate\"}", tell(STORE, "SUBSCRIBED", "again"));
    is(200, "{\"handled\":true,\"detail\":\"duplicate\"}", tell(STORE, "EXPIRED", "again"));
    assertThat(subscription()).isEqualTo(bought);

    is(200, "{\"handled\":true,\"detail\":\"applied\"}", tell(STORE, "EXPIRED", "over"));
    assertThat(subscription().path("tier").asText()).isEqualTo("free");
    try (MacPeer mac = relay.newMac(account)) {
      assertThat(sessions(mac)).isEqualTo(2);
    }
  }

  @Test
  void whatAnotherStoreSignedIsRefusedAndChangesNothing() {
    TestStore forger = store();
    is(403, "{\"error\":\"SIGNATURE_INVALID\"}", tell(forger, "SUBSCRIBED", "forged"));
    is(403, "{\"error\":\"SIGNATURE_INVALID\"}", show(forger));
    assertThat(subscription().path("tier").asText()).isEqualTo("free");

    is(200, "{\"handled\":true,\"detail\":\"applied\"}", tell(STORE, "SUBSCRIBED", "forged"));
    assertThat(RELAY.ops("/metrics"))
        .contains("relay_store_told_total{outcome=\"refused\",type=\"unverified\"} 1.0")
        .contains("relay_store_told_total{outcome=\"refused\",type=\"shown_by_buyer\"} 1.0");
  }

  /** The sessions that a Mac which connects now is told it may have. */
  private static long sessions(MacPeer mac) {
    mac.start();
    mac.awaitRegistered();
    return mac.expect(RoomRegistered.class).maxSessions().orElseThrow();
  }

  private JsonNode subscription() {
    return relay.calls().get("/api/subscription", account.apiKey()).body();
  }

  private AccountCalls.Answer tell(TestStore signer, String type, String uuid) {
    try {
      Map<String, Object> said = signer.notification(type, uuid + account.userId(), bought());
      return relay
          .calls()
          .send("POST", "/webhooks/apple", "{\"signedPayload\":\"" + signer.sign(said) + "\"}");
    } catch (GeneralSecurityException | IOException e) {
      throw new AssertionError("cannot sign", e);
    }
  }

  private AccountCalls.Answer show(TestStore signer) {
    try {
      return relay
          .calls()
          .post(
              "/api/subscription",
              account.apiKey(),
              "{\"signed_transaction\":\"" + signer.sign(bought()) + "\"}");
    } catch (GeneralSecurityException | IOException e) {
      throw new AssertionError("cannot sign", e);
    }
  }

  /** A month of pro, bought by an app that named the account as the relay told it to. */
  private Map<String, Object> bought() {
    Map<String, Object> transaction = TestStore.transaction();
    transaction.put("appAccountToken", subscription().path("app_account_token").asText());
    transaction.put("originalTransactionId", account.userId());
    return transaction;
  }

  private static void is(int status, String body, AccountCalls.Answer answer) {
    assertThat(answer.text()).isEqualTo(body);
    assertThat(answer.status()).isEqualTo(status);
  }

  private static TestStore store() {
    try {
      return TestStore.create();
    } catch (GeneralSecurityException | IOException e) {
      throw new AssertionError("no store", e);
    }
  }

  private static Path rootOf(TestStore store) {
    try {
      return store.rootFile(Files.createTempDirectory("relay-store"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
