package relay.http.signin;

import java.util.concurrent.CompletionException;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import relay.core.log.EventLog;
import relay.core.log.LogKey;
import relay.http.signin.SigninFailure.Kind;

/** Writes down why a sign-in failed, and finds the page that tells the person. */
final class SigninLog {
  private static final EventLog LOG = EventLog.of(SigninLog.class);

  private SigninLog() {}

  /**
   * @param again where the person can try again, as a relative address
   */
  static HttpResponse failed(String provider, Throwable failure, String again) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    if (!(cause instanceof SigninFailure known)) {
      LOG.error("signin_failed").with(LogKey.PROVIDER, provider).with(LogKey.ERR, cause).write();
      return Pages.unavailable();
    }
    // A person's own no is nobody's concern.
    if (known.kind() != Kind.DENIED) {
      LOG.warn("signin_failed")
          .with(LogKey.PROVIDER, provider)
          .with(LogKey.ERR, String.valueOf(known.getMessage()))
          .write();
    }
    return Pages.failed(known.kind(), again);
  }
}
