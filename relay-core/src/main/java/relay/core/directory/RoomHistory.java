package relay.core.directory;

import java.util.List;
import java.util.concurrent.CompletionStage;
import relay.core.room.RoomEvent;
import relay.core.room.RoomKey;

/** The events of one room in the order they happened, a page at a time. */
public interface RoomHistory {
  int MAX_PAGE = 1_000;

  /** One event and its number in its room. */
  record Entry(long sequence, RoomEvent event) {}

  /**
   * The next events, newest last; fewer than asked for means that there are no more.
   *
   * @param after the number of the last event of the page before, or 0 for the first page
   * @param limit from 1 to {@link #MAX_PAGE}
   */
  CompletionStage<List<Entry>> page(RoomKey room, long after, int limit);
}
