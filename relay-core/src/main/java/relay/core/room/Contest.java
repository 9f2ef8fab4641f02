package relay.core.room;

import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Agents that wait for the incumbent to answer a probe (pyrycode 4.4). It is of this moment only: a
 * recovered room has none, and those who waited ask again.
 *
 * @param probe the number of the latest probe
 * @param waiting in the order they came; empty when no probe is under way
 */
public record Contest(long probe, List<Claim> waiting) {
  /** Nobody waits. */
  public static final Contest NONE = new Contest(0, List.of());

  private static final int MAX_WAITING = 8;

  public Contest {
    waiting = List.copyOf(waiting);
  }

  public boolean isOpen() {
    return !waiting.isEmpty();
  }

  boolean isFull() {
    return waiting.size() >= MAX_WAITING;
  }

  boolean has(SocketAddress socket) {
    return waiting.stream().anyMatch(it -> it.socket().equals(socket));
  }

  /** The first to come begins a new probe. */
  Contest joinedBy(Claim claim) {
    return new Contest(
        isOpen() ? probe : probe + 1, Stream.concat(waiting.stream(), Stream.of(claim)).toList());
  }

  Contest without(Predicate<SocketAddress> leaving) {
    return new Contest(probe, waiting.stream().filter(it -> !leaving.test(it.socket())).toList());
  }

  Contest closed() {
    return new Contest(probe, List.of());
  }
}
