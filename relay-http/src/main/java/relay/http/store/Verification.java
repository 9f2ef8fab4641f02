package relay.http.store;

/** Whether the store has signed something. */
sealed interface Verification<T> {

  /** It has, and said this. */
  record Genuine<T>(T said) implements Verification<T> {}

  /** It has not, or not for this app; the reason is for the log. */
  record Refused<T>(String why) implements Verification<T> {}

  /** It may have: whether a certificate was revoked could not be learnt. */
  record Undecided<T>() implements Verification<T> {}
}
