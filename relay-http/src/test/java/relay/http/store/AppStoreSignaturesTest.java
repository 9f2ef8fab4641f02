package relay.http.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertificateFactory;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import relay.core.account.AccountId;
import relay.core.settings.StoreSettings.Environment;
import relay.core.subscription.StoreTransaction;
import relay.http.testing.TestStore;

/** Only what the store has signed for this app is believed. */
class AppStoreSignaturesTest {
  private static final Instant SIGNED = TestStore.SIGNED;
  private static final Instant EXPIRES = TestStore.EXPIRES;
  private static final AccountId ACCOUNT = new AccountId("0123456789abcdef0123456789abcdef");

  private final Path directory;
  private TestStore store;
  private AppStoreSignatures signatures;

  AppStoreSignaturesTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @BeforeEach
  void open() throws GeneralSecurityException, IOException {
    store = TestStore.create();
    signatures = of(store.rootFile(directory), Environment.SANDBOX);
  }

  private static AppStoreSignatures of(Path root, Environment... environments) {
    return AppStoreSignatures.of(TestStore.settings(root, environments));
  }

  private static Map<String, Object> transaction() {
    return TestStore.transaction();
  }

  private Map<String, Object> notification() throws GeneralSecurityException, IOException {
    return store.notification("DID_RENEW", "uuid-1", transaction());
  }

  @Test
  void aTransactionIsReadAsItWasSigned() throws GeneralSecurityException, IOException {
    assertThat(signatures.transaction(store.sign(transaction())))
        .isEqualTo(
            new Verification.Genuine<>(
                new Bought(
                    new StoreTransaction("pro.month", "2", "1", EXPIRES, null, SIGNED), ACCOUNT)));
  }

  @Test
  void aNotificationIsReadWithItsTransactionAndItsGrace()
      throws GeneralSecurityException, IOException {
    assertThat(signatures.notification(store.sign(notification())))
        .isEqualTo(
            new Verification.Genuine<>(
                new SignedNotice(
                    "uuid-1",
                    "DID_RENEW",
                    "BILLING_RECOVERY",
                    SIGNED,
                    new Bought(
                        new StoreTransaction("pro.month", "2", "1", EXPIRES, null, SIGNED),
                        ACCOUNT),
                    EXPIRES)));
  }

  @Test
  void aTypeThatIsNewerThanTheLibraryIsReadAllTheSame()
      throws GeneralSecurityException, IOException {
    Map<String, Object> said = notification();
    said.put("notificationType", "BRAND_NEW");

    assertThat(signatures.notification(store.sign(said)))
        .isInstanceOfSatisfying(
            Verification.Genuine.class,
            it -> assertThat(it.said()).extracting("type").isEqualTo("BRAND_NEW"));
  }

  @Test
  void anUpgradedTransactionCountsAsRevoked() throws GeneralSecurityException, IOException {
    Map<String, Object> upgraded = transaction();
    upgraded.put("isUpgraded", true);
    upgraded.remove("appAccountToken");

    assertThat(signatures.transaction(store.sign(upgraded)))
        .isEqualTo(
            new Verification.Genuine<>(
                new Bought(
                    new StoreTransaction("pro.month", "2", "1", EXPIRES, SIGNED, SIGNED), null)));
  }

  @Test
  void anotherStoresSignatureIsRefused() throws GeneralSecurityException, IOException {
    TestStore stranger = TestStore.create();

    assertThat(signatures.transaction(stranger.sign(transaction())))
        .isEqualTo(new Verification.Refused<>("INVALID_CHAIN"));
    assertThat(signatures.notification(stranger.sign(notification())))
        .isEqualTo(new Verification.Refused<>("INVALID_CHAIN"));
  }

  @Test
  void aTransactionOfAnotherStoreInAGenuineNotificationIsRefused()
      throws GeneralSecurityException, IOException {
    Map<String, Object> said = notification();
    said.put(
        "data",
        Map.of(
            "bundleId", "org.example.app",
            "environment", "Sandbox",
            "signedTransactionInfo", TestStore.create().sign(transaction())));

    assertThat(signatures.notification(store.sign(said)))
        .isEqualTo(new Verification.Refused<>("INVALID_CHAIN"));
  }

  @Test
  void aChainWithoutApplesMarksIsRefused(@TempDir Path other)
      throws GeneralSecurityException, IOException {
    TestStore unmarked = TestStore.create(TestStore.INTERMEDIATE_MARK, "1.2.3");

    assertThat(
            of(unmarked.rootFile(other), Environment.SANDBOX)
                .transaction(unmarked.sign(transaction())))
        .isEqualTo(new Verification.Refused<>("INVALID_CHAIN"));
  }

  @Test
  void whatWasChangedAfterItWasSignedIsRefused() throws GeneralSecurityException, IOException {
    String[] parts = store.sign(transaction()).split("\\.", -1);
    Map<String, Object> longer = transaction();
    longer.put("expiresDate", Long.MAX_VALUE);
    String forged = parts[0] + "." + store.sign(longer).split("\\.", -1)[1] + "." + parts[2];

    assertThat(signatures.transaction(forged)).isInstanceOf(Verification.Refused.class);
  }

  @Test
  void anotherAppsPurchaseIsRefused() throws GeneralSecurityException, IOException {
    Map<String, Object> foreign = transaction();
    foreign.put("bundleId", "org.example.other");

    assertThat(signatures.transaction(store.sign(foreign)))
        .isEqualTo(new Verification.Refused<>("INVALID_APP_IDENTIFIER"));
  }

  @Test
  void whatTheSandboxSoldCountsOnlyWhereItMay() throws GeneralSecurityException, IOException {
    Path root = store.rootFile(directory);
    String sold = store.sign(transaction());

    assertThat(of(root, Environment.PRODUCTION).transaction(sold))
        .isEqualTo(new Verification.Refused<>("INVALID_ENVIRONMENT"));
    assertThat(of(root, Environment.PRODUCTION, Environment.SANDBOX).transaction(sold))
        .isInstanceOf(Verification.Genuine.class);
    assertThat(
            of(root, Environment.PRODUCTION, Environment.SANDBOX)
                .notification(store.sign(notification())))
        .isInstanceOf(Verification.Genuine.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"productId", "transactionId", "originalTransactionId", "signedDate"})
  void aTransactionThatLacksSomethingIsRefused(String field)
      throws GeneralSecurityException, IOException {
    Map<String, Object> lacking = transaction();
    lacking.remove(field);

    assertThat(signatures.transaction(store.sign(lacking)))
        .isEqualTo(new Verification.Refused<>("INCOMPLETE"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a", "a.b.c", "e30.e30.e30", "eyJhbGciOiJub25lIn0.e30."})
  void textThatIsNoSignatureIsRefused(String text) {
    assertThat(signatures.transaction(text)).isInstanceOf(Verification.Refused.class);
    assertThat(signatures.notification(text)).isInstanceOf(Verification.Refused.class);
  }

  @Test
  void withoutARootOfTheOperatorsApplesCounts() throws GeneralSecurityException {
    byte[] certificate =
        CertificateFactory.getInstance("X.509")
            .generateCertificate(RootCertificates.of(List.of()).streams().iterator().next())
            .getEncoded();

    assertThat(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(certificate)))
        .as("the fingerprint that Apple publishes")
        .isEqualTo("63343abfb89a6a03ebb57e9b3f5fa7be7c4f5c756f3017b3a8c488c3653e9179");
  }

  @Test
  void aRootThatCannotBeReadIsNamed() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> of(directory.resolve("missing.cer"), Environment.SANDBOX))
        .withMessageContaining("relay.store.root-certificates")
        .withMessageContaining("missing.cer");
  }
}
