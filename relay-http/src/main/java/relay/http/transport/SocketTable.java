package relay.http.transport;

import java.util.Collection;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** The live sockets of this node by number. Numbers are never used again. */
final class SocketTable {
  private final AtomicLong numbers = new AtomicLong();
  private final Map<Long, WebSocketConnection> live = new ConcurrentHashMap<>();
  private volatile @Nullable Dismissal dismissal;

  long nextNumber() {
    return numbers.incrementAndGet();
  }

  void add(WebSocketConnection connection) {
    live.put(connection.address().number(), connection);
  }

  void remove(WebSocketConnection connection) {
    live.remove(connection.address().number());
    Dismissal ending = dismissal;
    if (ending != null && live.isEmpty()) {
      ending.allGone().complete(null);
    }
  }

  @Nullable WebSocketConnection find(long number) {
    return live.get(number);
  }

  Collection<WebSocketConnection> all() {
    return live.values();
  }

  int size() {
    return live.size();
  }

  /** How every socket is being sent away, or null while none is. */
  @Nullable Dismissal dismissal() {
    return dismissal;
  }

  /** From now on new sockets are sent away, too. */
  void dismiss(Dismissal how) {
    dismissal = how;
    if (live.isEmpty()) {
      how.allGone().complete(null);
    }
  }

  /** What sockets are told when their node shuts down. */
  record Dismissal(int code, String reason, CompletableFuture<Void> allGone) {}
}
