package relay.http.socket.pyrycode;

import java.util.Locale;

/**
 * What this dialect's edge counts (pyrycode 8.7). Called from every event loop, so implementations
 * are thread-safe; label values are these constants and nothing a client said.
 */
public interface PyrycodeMeters {

  /** The two upgrade routes. */
  enum Endpoint {
    SERVER("/v1/server"),
    CLIENT("/v1/client");

    private final String path;

    Endpoint(String path) {
      this.path = path;
    }

    public String path() {
      return path;
    }

    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** How an upgrade attempt ended; codes stand for the close codes 4404, 4409 and 4429. */
  enum Outcome {
    ACCEPT,
    REJECT_HEADERS,
    REJECT_409,
    REJECT_404,
    REJECT_429,
    REJECT_RATE_LIMIT;

    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Why a socket was not registered; each moves together with its outcome. */
  enum RegisterFailure {
    NO_SERVER,
    SERVER_IN_USE,
    PHONES_AT_CAP,
    RATELIMIT;

    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Which way a frame went. */
  enum Direction {
    PHONE_TO_BINARY,
    BINARY_TO_PHONE;

    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** One upgrade attempt has been decided. */
  void upgradeDecided(Endpoint endpoint, Outcome outcome);

  void registerFailed(RegisterFailure kind);

  /** So many frames have been handed to the network. */
  void framesForwarded(Direction direction, int frames);
}
