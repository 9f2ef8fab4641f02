package relay.core.room.entity;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.pekko.actor.typed.ActorRef;
import relay.core.room.RoomKey;
import relay.core.room.SocketAddress;

/**
 * A recovered room asking the edges which of its sockets still live (architecture 2.3). Until all
 * have answered, or are known to be gone, the room decides nothing.
 */
final class RollCall {
  private static final int MAX_CALLS = 30;

  private final RoomKey room;
  private final ActorRef<RoomCommand> self;
  private final Edges edges;
  private final Duration interval;
  private final Set<String> missing = new TreeSet<>();
  private int calls;

  RollCall(RoomKey room, ActorRef<RoomCommand> self, Edges edges, Duration timeout) {
    this.room = room;
    this.self = self;
    this.edges = edges;
    interval = timeout.dividedBy(MAX_CALLS);
  }

  /** How long to wait for answers before calling again. */
  Duration interval() {
    return interval;
  }

  void begin(Set<String> all) {
    missing.clear();
    missing.addAll(all);
    calls = 0;
  }

  boolean isUnderWay() {
    return !missing.isEmpty();
  }

  /** Whether everybody who is missing has been called often enough. */
  boolean isExhausted() {
    return calls >= MAX_CALLS;
  }

  Set<String> missing() {
    return Set.copyOf(missing);
  }

  void settle(String edge) {
    missing.remove(edge);
  }

  boolean isMissing(String edge) {
    return missing.contains(edge);
  }

  /** Asks those who are missing; asking twice costs less than one question that was lost. */
  void call(List<SocketAddress> sockets) {
    calls++;
    for (String edge : missing) {
      List<Long> numbers =
          sockets.stream().filter(it -> it.edge().equals(edge)).map(SocketAddress::number).toList();
      edges.tell(edge, new EdgeCommand.AskLive(room, numbers, self));
    }
  }
}
