package relay.core.account;

/** Why a family of credentials has ended. */
public enum FamilyEnd {
  /** Its holder has signed out. */
  REVOKED,
  /** A token that was exchanged long ago was shown again, so somebody has a copy. */
  REUSED,
  /** Another sign-in took its place: it was the one least recently used. */
  DISPLACED,
  /** It was not used for too long, or its lifetime is over; noticed at the next sign-in. */
  EXPIRED,
  /** Its account is no more. */
  ERASED
}
