package relay.http.frame;

/** Which close codes may stand in a close frame (RFC 6455 7.4, pyrycode 2.3). */
public final class WireCode {
  public static final int PROTOCOL_ERROR = 1002;

  /** Stands for a close frame without a code; never written. */
  public static final int NONE = 1005;

  public static final int INVALID_TEXT = 1007;
  public static final int TOO_BIG = 1009;

  private WireCode() {}

  public static boolean isValid(int code) {
    return (code >= 1000 && code <= 1003)
        || (code >= 1007 && code <= 1014)
        || (code >= 3000 && code <= 4999);
  }

  /** Whether a close frame can say this code, if only by having no payload. */
  public static boolean isSendable(int code) {
    return code == NONE || isValid(code);
  }
}
