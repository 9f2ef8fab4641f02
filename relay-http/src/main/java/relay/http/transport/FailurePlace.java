package relay.http.transport;

import java.util.concurrent.CompletionException;

/** What a log may say about an unexpected failure: its type and place, never its text. */
final class FailurePlace {
  private FailurePlace() {}

  static String of(Throwable failure) {
    if (failure instanceof CompletionException && failure.getCause() != null) {
      return of(failure.getCause());
    }
    StackTraceElement[] trace = failure.getStackTrace();
    String type = failure.getClass().getName();
    return trace.length == 0 ? type : type + " at " + place(trace);
  }

  private static StackTraceElement place(StackTraceElement[] trace) {
    for (StackTraceElement element : trace) {
      if (element.getClassName().startsWith("relay.")) {
        return element;
      }
    }
    return trace[0];
  }
}
