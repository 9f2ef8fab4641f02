package relay.http.socket.pyrycode;

import java.util.Locale;
import relay.http.socket.Closure;

/** Says in a log entry how a connection ended, in the relay's words and never the peer's. */
final class Endings {
  private Endings() {}

  static String text(Closure closure) {
    String cause = closure.cause().name().toLowerCase(Locale.ROOT).replace('_', ' ');
    return closure.code() == 0 ? cause : cause + " " + closure.code();
  }
}
