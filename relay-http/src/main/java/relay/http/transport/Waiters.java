package relay.http.transport;

import java.util.ArrayList;
import java.util.List;

/** The sockets of one loop whose reads wait for room at the same place. */
final class Waiters {
  private final List<SocketInput> waiting = new ArrayList<>(1);

  boolean isEmpty() {
    return waiting.isEmpty();
  }

  void add(SocketInput input) {
    waiting.add(input);
  }

  void remove(SocketInput input) {
    waiting.remove(input);
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
