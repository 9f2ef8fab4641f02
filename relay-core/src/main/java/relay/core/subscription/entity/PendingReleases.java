package relay.core.subscription.entity;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Rooms that are being released: between the question whether a room may go and the end of its
 * lease, its Mac may come back, and then the lease has to stay. What is forgotten here releases
 * nothing.
 */
final class PendingReleases {
  /** More than anybody releases at once; past it the oldest come to nothing. */
  private static final int MAX = 64;

  private final Map<String, Long> releases = new LinkedHashMap<>();

  void begin(String roomId, long release) {
    releases.remove(roomId);
    if (releases.size() == MAX) {
      releases.remove(releases.keySet().iterator().next());
    }
    releases.put(roomId, release);
  }

  /** Somebody wants the room. */
  void cancel(String roomId) {
    releases.remove(roomId);
  }

  /** Whether nobody has wanted the room since that release began, nor begun another one. */
  boolean end(String roomId, long release) {
    return releases.remove(roomId, release);
  }

  void clear() {
    releases.clear();
  }
}
