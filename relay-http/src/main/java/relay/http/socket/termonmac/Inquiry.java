package relay.http.socket.termonmac;

import relay.http.socket.Asking;

/** How often a socket asks its room again because it seems to have missed something. */
final class Inquiry {
  private long mayBeginAt = Long.MIN_VALUE;

  /** Whether it may ask now; then it is taken to do so. */
  boolean mayBegin(long now) {
    boolean mayBegin = now >= mayBeginAt;
    if (mayBegin) {
      mayBeginAt = now + Asking.AGAIN_MILLIS;
    }
    return mayBegin;
  }
}
