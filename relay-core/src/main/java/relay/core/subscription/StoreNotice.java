package relay.core.subscription;

import org.jspecify.annotations.Nullable;

/** What a notification of the App Store means for what an account may use (TermOnMac 5.3). */
enum StoreNotice {
  /** The transaction it shows is paid for. */
  PAID,
  /** The renewal could not be charged, and the store waits for it. */
  GRACE,
  /** The money for one transaction was given back. */
  REFUNDED,
  /** The whole subscription is over. */
  OVER,
  /** Nothing changes before another notification says so. */
  OTHER;

  static StoreNotice of(String type, @Nullable String subtype) {
    return switch (type) {
      case "SUBSCRIBED",
          "DID_RENEW",
          "OFFER_REDEEMED",
          "REFUND_REVERSED",
          "RENEWAL_EXTENDED",
          "ONE_TIME_CHARGE" ->
          PAID;
      case "DID_CHANGE_RENEWAL_PREF" -> "UPGRADE".equals(subtype) ? PAID : OTHER;
      case "DID_FAIL_TO_RENEW" -> "GRACE_PERIOD".equals(subtype) ? GRACE : OTHER;
      case "REFUND" -> REFUNDED;
      case "EXPIRED", "GRACE_PERIOD_EXPIRED", "REVOKE" -> OVER;
      default -> OTHER;
    };
  }
}
