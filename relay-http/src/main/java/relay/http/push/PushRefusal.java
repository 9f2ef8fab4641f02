package relay.http.push;

import relay.core.protocol.pyrycode.PushWake;

/** Why a wake is not even tried (pyrycode 7.2). */
public enum PushRefusal {
  PUSH_OFF("push is off"),
  MALFORMED("malformed push_wake"),
  UNSUPPORTED_PLATFORM("unsupported push platform"),
  EMPTY_TOKEN("empty push token"),
  RATE_LIMITED("push wake rate limited"),
  TOO_MANY_IN_FLIGHT("too many push wakes in flight");

  private final String text;

  PushRefusal(String text) {
    this.text = text;
  }

  static PushRefusal of(PushWake.Invalid invalid) {
    return switch (invalid) {
      case MALFORMED -> MALFORMED;
      case UNSUPPORTED_PLATFORM -> UNSUPPORTED_PLATFORM;
      case EMPTY_TOKEN -> EMPTY_TOKEN;
    };
  }

  /** What the log says; never anything of the input. */
  public String text() {
    return text;
  }
}
