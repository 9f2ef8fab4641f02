package relay.http.transport;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.BooleanSupplier;

/** The sockets of one loop whose reads wait for room at the same place. */
final class Waiters {
  private final Deque<SocketInput> waiting = new ArrayDeque<>(1);

  boolean isEmpty() {
    return waiting.isEmpty();
  }

  void add(SocketInput input) {
    waiting.add(input);
  }

  void remove(SocketInput input) {
    waiting.remove(input);
  }

  /**
   * Lets them go on in turn as long as there is room; whoever goes on may send one message more.
   */
  void resumeWhile(BooleanSupplier hasRoom) {
    for (int left = waiting.size(); left > 0 && hasRoom.getAsBoolean(); left--) {
      SocketInput first = waiting.poll();
      if (first != null) {
        first.resume();
      }
    }
  }

  /** Lets everyone go on; who finds no room again comes back at the end. */
  void resumeAll() {
    if (waiting.isEmpty()) {
      return;
    }
    List<SocketInput> resumed = List.copyOf(waiting);
    waiting.clear();
    resumed.forEach(SocketInput::resume);
  }
}
