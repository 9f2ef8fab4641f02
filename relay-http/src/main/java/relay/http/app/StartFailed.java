package relay.http.app;

/** A node could not start; the message says what to mend. */
public final class StartFailed extends RuntimeException {
  private static final long serialVersionUID = 1L;

  StartFailed(String message, Throwable cause) {
    super(message, cause);
  }
}
