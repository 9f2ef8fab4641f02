package relay.http.signin;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where the Mac's command line waits for its code, always on the browser's own machine (TermOnMac
 * 1.3).
 *
 * @param port 1024 to 65535
 * @param state what it gave, to be given back unchanged
 */
record ReturnAddress(int port, String state) {
  private static final Pattern PORT = Pattern.compile("[1-9]\\d{3,4}");
  private static final int FIRST_UNPRIVILEGED = 1024;
  private static final int LAST = 65_535;

  /** Such as need no encoding, so that they come back byte for byte. */
  private static final Pattern STATE = Pattern.compile("[A-Za-z0-9._~-]{1,128}");

  static Optional<ReturnAddress> of(String port, String state) {
    if (!PORT.matcher(port).matches() || !STATE.matcher(state).matches()) {
      return Optional.empty();
    }
    int number = Integer.parseInt(port);
    return number < FIRST_UNPRIVILEGED || number > LAST
        ? Optional.empty()
        : Optional.of(new ReturnAddress(number, state));
  }

  /** By number, since {@code localhost} may be an IPv6 address that nobody listens on. */
  String with(String code) {
    return "http://127.0.0.1:" + port + "/callback?code=" + code + "&state=" + state;
  }
}
