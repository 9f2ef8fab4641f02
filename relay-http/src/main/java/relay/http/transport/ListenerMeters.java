package relay.http.transport;

/**
 * What the public listener counts. Called from every event loop, so implementations are
 * thread-safe.
 */
public interface ListenerMeters {

  /** Why the listener itself ended a connection or refused a request, before any route saw it. */
  enum Reason {
    /** No PROXY v2 header, a wrong one, or none in time. */
    PROXY_HEADER,
    /** The TLS handshake failed or took too long. */
    TLS_HANDSHAKE,
    /** Plain HTTP on the TLS port. */
    NOT_TLS,
    /** 400 and 505: not HTTP/1.x, or ambiguous. */
    MALFORMED,
    /** 414 and 431. */
    HEAD_TOO_LARGE,
    /** The head did not arrive in time. */
    HEAD_TIMEOUT,
    /** 413. */
    BODY_TOO_LARGE,
    /** 408: the body did not arrive in time. */
    BODY_TIMEOUT,
    /** The peer did not take its response in time. */
    WRITE_TIMEOUT,
    /** As many connections are open as may be. */
    TOO_MANY,
    /** The operating system had no file descriptor left, or the like. */
    ACCEPT_FAILED
  }

  /** A connection was accepted. */
  void opened();

  /** An accepted connection has ended, whatever it had become. */
  void closed();

  void refused(Reason reason);
}
