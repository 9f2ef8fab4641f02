package relay.http.store;

/** Counts what is said of purchases. Called from any thread, so implementations are thread-safe. */
@FunctionalInterface
public interface StoreMeters {

  /** What was said: the types of notifications that matter here, and what else there is. */
  enum Notice {
    SUBSCRIBED,
    DID_RENEW,
    OFFER_REDEEMED,
    REFUND_REVERSED,
    RENEWAL_EXTENDED,
    ONE_TIME_CHARGE,
    DID_CHANGE_RENEWAL_PREF,
    DID_FAIL_TO_RENEW,
    REFUND,
    EXPIRED,
    GRACE_PERIOD_EXPIRED,
    REVOKE,
    TEST,
    /** A notification of any other type. */
    OTHER,
    /** A notification of a type that nobody knows, since it could not be verified. */
    UNVERIFIED,
    /** An account showed what it has bought. */
    SHOWN_BY_BUYER;

    /** Of a notification, by the store's word for its type. */
    static Notice of(String type) {
      return switch (type) {
        case "SUBSCRIBED" -> SUBSCRIBED;
        case "DID_RENEW" -> DID_RENEW;
        case "OFFER_REDEEMED" -> OFFER_REDEEMED;
        case "REFUND_REVERSED" -> REFUND_REVERSED;
        case "RENEWAL_EXTENDED" -> RENEWAL_EXTENDED;
        case "ONE_TIME_CHARGE" -> ONE_TIME_CHARGE;
        case "DID_CHANGE_RENEWAL_PREF" -> DID_CHANGE_RENEWAL_PREF;
        case "DID_FAIL_TO_RENEW" -> DID_FAIL_TO_RENEW;
        case "REFUND" -> REFUND;
        case "EXPIRED" -> EXPIRED;
        case "GRACE_PERIOD_EXPIRED" -> GRACE_PERIOD_EXPIRED;
        case "REVOKE" -> REVOKE;
        case "TEST" -> TEST;
        default -> OTHER;
      };
    }
  }

  /** What became of it. */
  enum Outcome {
    APPLIED,
    DUPLICATE,
    STALE,
    ACKNOWLEDGED,
    UNKNOWN_PRODUCT,
    /** The store has not signed it, or not for this app. */
    REFUSED,
    UNKNOWN_ACCOUNT,
    OF_ANOTHER_ACCOUNT,
    /** It could not be decided, and is to come again. */
    UNAVAILABLE
  }

  void told(Notice notice, Outcome outcome);
}
