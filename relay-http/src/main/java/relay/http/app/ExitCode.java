package relay.http.app;

/** Exit codes of the commands, pyrycode section 8.3. */
final class ExitCode {
  /** Done; for {@code serve}: stopped by a signal, after draining. */
  static final int OK = 0;

  /** Something failed while running. */
  static final int FAILED = 1;

  /** Refused to start: the command line or the configuration is wrong. */
  static final int REFUSED = 2;

  private ExitCode() {}
}
