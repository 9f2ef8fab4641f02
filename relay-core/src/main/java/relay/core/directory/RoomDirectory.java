package relay.core.directory;

import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import relay.core.room.Dialect;
import relay.core.room.RoomKey;

/** Every room the cluster has ever kept and not forgotten, in a fixed order, a page at a time. */
public interface RoomDirectory {
  int MAX_PAGE = 1_000;

  /**
   * The next rooms of a dialect; fewer than asked for means that there are no more.
   *
   * @param after the id of the last room of the page before, or null for the first page; the room
   *     need not exist any more
   * @param limit from 1 to {@link #MAX_PAGE}
   */
  CompletionStage<List<RoomKey>> page(Dialect dialect, @Nullable String after, int limit);
}
