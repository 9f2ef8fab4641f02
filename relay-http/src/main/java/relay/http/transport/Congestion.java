package relay.http.transport;

import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import relay.http.socket.SocketLimits;

/**
 * Whether a socket has so much queued that those who fill it must wait: from a quarter of its bound
 * until less than an eighth is left.
 */
final class Congestion {
  private final long socket;
  private final long highBytes;
  private final long lowBytes;
  private boolean isCongested;
  private @Nullable Waiters waiters;
  private @Nullable Set<ReturnPath> told;

  Congestion(long socket, SocketLimits limits) {
    this.socket = socket;
    this.highBytes = limits.pausesSenders() ? limits.maxQueuedBytes() / 4 : Long.MAX_VALUE;
    this.lowBytes = limits.maxQueuedBytes() / 8;
  }

  /** A socket of the same loop has just filled this one. */
  void throttle(SocketInput source) {
    if (isCongested) {
      if (waiters == null) {
        waiters = new Waiters();
      }
      source.waitIn(waiters);
    }
  }

  /** A socket at the end of that path has just filled this one. */
  void throttle(ReturnPath path) {
    if (isCongested) {
      if (told == null) {
        told = new HashSet<>();
      }
      if (told.add(path)) {
        path.congested(socket, true);
      }
    }
  }

  void filled(long chargedBytes) {
    isCongested |= chargedBytes > highBytes;
  }

  void drained(long chargedBytes) {
    if (isCongested && chargedBytes < lowBytes) {
      end();
    }
  }

  /** Nobody has to wait for this socket. */
  void end() {
    isCongested = false;
    Set<ReturnPath> paths = told;
    Waiters sources = waiters;
    told = null;
    waiters = null;
    if (paths != null) {
      paths.forEach(path -> path.congested(socket, false));
    }
    if (sources != null) {
      sources.resumeAll();
    }
  }
}
