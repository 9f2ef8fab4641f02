package relay.http.signin;

/** Why nobody is signed in; what the browser is shown follows from it. */
final class SigninFailure extends Exception {
  private static final long serialVersionUID = 1L;

  /** What happened, for the person in front of the browser. */
  enum Kind {
    /** The person said no, at the provider. */
    DENIED,
    /** The provider's answer does not prove who the person is. */
    REJECTED,
    /** The provider cannot be reached. */
    UNAVAILABLE,
    /** Too many people sign in at once. */
    BUSY
  }

  private final Kind kind;

  /**
   * @param message for the log: never what a provider or a browser said
   */
  SigninFailure(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  Kind kind() {
    return kind;
  }
}
