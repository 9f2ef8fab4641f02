package relay.http.signin;

import java.util.concurrent.CompletionException;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import relay.core.log.EventLog;
import relay.core.log.LogKey;
import relay.http.signin.SigninFailure.Kind;
import relay.http.signin.SigninMeters.Failure;

/** Writes down and counts why a sign-in failed, and finds the page that tells the person. */
final class SigninLog {
  private static final EventLog LOG = EventLog.of(SigninLog.class);

  private final SigninMeters meters;

  SigninLog(SigninMeters meters) {
    this.meters = meters;
  }

  /**
   * @param again where the person can try again, as a relative address
   */
  HttpResponse failed(String provider, Throwable failure, String again) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    if (!(cause instanceof SigninFailure known)) {
      meters.failed(provider, Failure.INTERNAL);
      LOG.error("signin_failed").with(LogKey.PROVIDER, provider).with(LogKey.ERR, cause).write();
      return Pages.unavailable();
    }
    meters.failed(provider, counted(known.kind()));
    // A person's own no is nobody's concern.
    if (known.kind() != Kind.DENIED) {
      LOG.warn("signin_failed")
          .with(LogKey.PROVIDER, provider)
          .with(LogKey.ERR, String.valueOf(known.getMessage()))
          .write();
    }
    return Pages.failed(known.kind(), again);
  }

  private static Failure counted(Kind kind) {
    return switch (kind) {
      case DENIED -> Failure.DENIED;
      case REJECTED -> Failure.REJECTED;
      case UNAVAILABLE -> Failure.UNAVAILABLE;
      case BUSY -> Failure.BUSY;
    };
  }
}
