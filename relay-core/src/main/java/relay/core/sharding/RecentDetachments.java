package relay.core.sharding;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import relay.core.room.RoomKey;
import relay.core.room.entity.RoomCommand;

/**
 * Which sockets of this node ended lately: a room that died with its node, or moved to another one
 * just then, may not have heard it, and nobody else would say it again. Safe for use by many
 * threads.
 */
final class RecentDetachments {
  /** Longer than a cluster takes to notice that a node is gone. */
  static final Duration WINDOW = Duration.ofMinutes(1);

  private final int max;
  private final Deque<Noted> noted = new ArrayDeque<>();

  /** Those that were said once only. */
  private final Deque<Noted> unrepeated = new ArrayDeque<>();

  record Noted(RoomKey room, RoomCommand.Detach detach, Instant at) {}

  /**
   * @param max past it the oldest are forgotten early
   */
  RecentDetachments(int max) {
    this.max = max;
  }

  synchronized void add(RoomKey room, RoomCommand.Detach detach, Instant now) {
    forget(now);
    Noted ended = new Noted(room, detach, now);
    append(noted, ended);
    append(unrepeated, ended);
  }

  private void append(Deque<Noted> to, Noted ended) {
    if (to.size() == max) {
      to.removeFirst();
    }
    to.addLast(ended);
  }

  /** What was added up to then, each once. */
  synchronized List<Noted> takeUpTo(Instant then) {
    List<Noted> taken = new ArrayList<>();
    while (!unrepeated.isEmpty() && !unrepeated.getFirst().at().isAfter(then)) {
      taken.add(unrepeated.removeFirst());
    }
    return taken;
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
