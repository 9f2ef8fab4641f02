package relay.http.app;

import java.util.Objects;

/** What commands say to the person who typed them. */
final class Console {
  private Console() {}

  static void print(String text) {
    System.out.println(text);
  }

  static void error(String text) {
    System.err.println(text);
  }

  /** The innermost message, which is the one that says what happened. */
  static String reason(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return Objects.requireNonNullElse(cause.getMessage(), cause.toString());
  }
}
