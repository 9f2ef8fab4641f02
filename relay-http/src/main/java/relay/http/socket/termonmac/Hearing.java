package relay.http.socket.termonmac;

import java.time.Duration;
import relay.http.socket.Socket;

/**
 * Whether a peer is still heard of: any message counts (TermOnMac 4.9). One whose messages wait
 * unread, or that is in the middle of a long one, is not silent. Times are monotonic milliseconds.
 */
final class Hearing {
  private static final long MOST_BETWEEN_LOOKS = Duration.ofSeconds(10).toMillis();

  /** What can be said of a peer. */
  enum Finding {
    HEARD,
    HELD_UP,
    SILENT
  }

  private final long patience;
  private final long betweenLooks;
  private long heardAt;
  private long lookAt;

  Hearing(Duration silenceTimeout) {
    this.patience = silenceTimeout.toMillis();
    this.betweenLooks = Math.min(MOST_BETWEEN_LOOKS, Math.max(1, patience / 4));
  }

  void begin(long now) {
    heardAt = now;
    lookAt = now + betweenLooks;
  }

  void heard(long now) {
    heardAt = now;
  }

  long nextDue() {
    return Math.min(lookAt, heardAt + patience);
  }

  Finding due(long now, Socket socket) {
    if (now < nextDue()) {
      return Finding.HEARD;
    }
    lookAt = now + betweenLooks;
    if (now - heardAt >= betweenLooks && socket.hasUnheard()) {
      heardAt = now;
      return Finding.HELD_UP;
    }
    return now - heardAt >= patience ? Finding.SILENT : Finding.HEARD;
  }
}
