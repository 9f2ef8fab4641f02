package relay.http.store;

import com.apple.itunes.storekit.model.Data;
import com.apple.itunes.storekit.model.JWSTransactionDecodedPayload;
import com.apple.itunes.storekit.model.ResponseBodyV2DecodedPayload;
import com.apple.itunes.storekit.verification.SignedDataVerifier;
import com.apple.itunes.storekit.verification.VerificationException;
import com.apple.itunes.storekit.verification.VerificationStatus;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import relay.core.settings.StoreSettings;
import relay.core.subscription.StoreTransaction;

/**
 * Reads what the App Store has signed for this app. It computes, and asks the network where
 * revocation is to be checked: not for an event loop.
 */
final class AppStoreSignatures {
  private final List<SignedDataVerifier> environments;

  /** What one of the store's environments has signed, in its own words. */
  @FunctionalInterface
  private interface Reading<T> {
    T by(SignedDataVerifier verifier) throws VerificationException;
  }

  private AppStoreSignatures(List<SignedDataVerifier> environments) {
    this.environments = environments;
  }

  /**
   * @throws IllegalArgumentException if a root certificate cannot be read
   */
  static AppStoreSignatures of(StoreSettings settings) {
    RootCertificates roots = RootCertificates.of(settings.rootCertificates());
    return new AppStoreSignatures(
        settings.environments().stream().map(it -> verifier(settings, it, roots)).toList());
  }

  Verification<SignedNotice> notification(String signed) {
    return read(verifier -> notice(verifier, verifier.verifyAndDecodeNotification(signed)));
  }

  Verification<Bought> transaction(String signed) {
    return read(verifier -> bought(verifier.verifyAndDecodeTransaction(signed)));
  }

  /** What one environment has signed is nothing to another one. */
  private <T> Verification<T> read(Reading<T> reading) {
    String why = "";
    for (SignedDataVerifier environment : environments) {
      try {
        return new Verification.Genuine<>(reading.by(environment));
      } catch (VerificationException refused) {
        if (refused.getStatus() == VerificationStatus.RETRYABLE_VERIFICATION_FAILURE) {
          return new Verification.Undecided<>();
        }
        why = refused.getStatus().name();
      } catch (IllegalArgumentException incomplete) {
        why = "INCOMPLETE";
      }
    }
    return new Verification.Refused<>(why);
  }

  private static SignedNotice notice(SignedDataVerifier verifier, ResponseBodyV2DecodedPayload said)
      throws VerificationException {
    Data data = said.getData();
    String transaction = data == null ? null : data.getSignedTransactionInfo();
    String renewal = data == null ? null : data.getSignedRenewalInfo();
    return new SignedNotice(
        present("notificationUUID", said.getNotificationUUID()),
        present("notificationType", said.getRawNotificationType()),
        said.getRawSubtype(),
        time(present("signedDate", said.getSignedDate())),
        transaction == null ? null : bought(verifier.verifyAndDecodeTransaction(transaction)),
        renewal == null
            ? null
            : timeOrNull(verifier.verifyAndDecodeRenewalInfo(renewal).getGracePeriodExpiresDate()));
  }

  /** What was upgraded is paid back in part and replaced by another transaction. */
  private static Bought bought(JWSTransactionDecodedPayload said) {
    Instant signedAt = time(present("signedDate", said.getSignedDate()));
    Instant revokedAt = timeOrNull(said.getRevocationDate());
    boolean isUpgraded = Boolean.TRUE.equals(said.getIsUpgraded());
    StoreTransaction transaction =
        new StoreTransaction(
            present("productId", said.getProductId()),
            present("transactionId", said.getTransactionId()),
            present("originalTransactionId", said.getOriginalTransactionId()),
            timeOrNull(said.getExpiresDate()),
            revokedAt == null && isUpgraded ? signedAt : revokedAt,
            signedAt);
    return new Bought(transaction, AccountToken.account(said.getAppAccountToken()));
  }

  private static SignedDataVerifier verifier(
      StoreSettings settings, StoreSettings.Environment environment, RootCertificates roots) {
    return new SignedDataVerifier(
        roots.streams(),
        settings.bundleId(),
        settings.appId(),
        switch (environment) {
          case PRODUCTION -> com.apple.itunes.storekit.model.Environment.PRODUCTION;
          case SANDBOX -> com.apple.itunes.storekit.model.Environment.SANDBOX;
        },
        settings.onlineChecks());
  }

  private static <T> T present(String name, @Nullable T value) {
    if (value == null) {
      throw new IllegalArgumentException(name + " is missing in what the store has signed");
    }
    return value;
  }

  private static Instant time(long millis) {
    return Instant.ofEpochMilli(millis);
  }

  private static @Nullable Instant timeOrNull(@Nullable Long millis) {
    return millis == null ? null : time(millis);
  }
}
