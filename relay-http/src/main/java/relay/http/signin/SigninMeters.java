package relay.http.signin;

/**
 * What is counted of people who sign in. Called from any thread, so implementations are
 * thread-safe; a provider they do not know is counted as unknown, since browsers name them.
 */
public interface SigninMeters {

  /** Why somebody was not signed in. */
  enum Failure {
    /** The person said no, at the provider. */
    DENIED,
    /** The provider's answer does not prove who the person is. */
    REJECTED,
    /** The provider cannot be reached. */
    UNAVAILABLE,
    /** Too many people sign in at once. */
    BUSY,
    /** The account, or the browser's address, has signed in too often lately. */
    RATE_LIMITED,
    /** The browser comes back from a sign-in that it did not begin, or began too long ago. */
    UNKNOWN_ATTEMPT,
    /** Something of ours failed. */
    INTERNAL
  }

  /** A browser was sent to the provider. */
  void started(String provider);

  /** The provider said who it is, and that person may go on. */
  void succeeded(String provider);

  void failed(String provider, Failure why);
}
