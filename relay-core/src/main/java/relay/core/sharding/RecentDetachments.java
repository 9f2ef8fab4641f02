package relay.core.sharding;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import relay.core.room.RoomKey;
import relay.core.room.entity.RoomCommand;

/**
 * Which sockets of this node ended lately: a room that died with its node may not have heard it,
 * and nobody else would say it again. Safe for use by many threads.
 */
final class RecentDetachments {
  /** Longer than a cluster takes to notice that a node is gone. */
  static final Duration WINDOW = Duration.ofMinutes(1);

  private final int max;
  private final Deque<Noted> noted = new ArrayDeque<>();

  record Noted(RoomKey room, RoomCommand.Detach detach, Instant at) {}

  /**
   * @param max past it the oldest are forgotten early
   */
  RecentDetachments(int max) {
    this.max = max;
  }

  synchronized void add(RoomKey room, RoomCommand.Detach detach, Instant now) {
    forget(now);
    if (noted.size() == max) {
      noted.removeFirst();
    }
    noted.addLast(new Noted(room, detach, now));
  }

  synchronized List<Noted> at(Instant now) {
    forget(now);
    return List.copyOf(noted);
  }

  private void forget(Instant now) {
    Instant oldest = now.minus(WINDOW);
    while (!noted.isEmpty() && noted.getFirst().at().isBefore(oldest)) {
      noted.removeFirst();
    }
  }
}
