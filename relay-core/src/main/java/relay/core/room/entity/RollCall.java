package relay.core.room.entity;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.pekko.actor.typed.ActorRef;
import relay.core.log.EventLog;
import relay.core.log.LogKey;
import relay.core.room.RoomKey;
import relay.core.room.Slot;
import relay.core.room.SocketAddress;

/**
 * A recovered room asking the edges which of its sockets still live (architecture 2.3). Until all
 * have answered, or are known to be gone, the room decides nothing else; so whatever is concluded
 * here is no promise and waits for no write.
 */
final class RollCall {
  private static final EventLog LOG = EventLog.of(RollCall.class);
  private static final int MAX_CALLS = 30;

  private final RoomKey room;
  private final RoomSurroundings surroundings;
  private final RoomMemory memory;
  private final Edges edges;
  private final Set<String> missing = new TreeSet<>();
  private int calls;

  RollCall(RoomKey room, RoomSurroundings surroundings, RoomMemory memory, Edges edges) {
    this.room = room;
    this.surroundings = surroundings;
    this.memory = memory;
    this.edges = edges;
  }

  void begin() {
    calls = 0;
    missing.clear();
    missing.addAll(memory.arbiter().edges());
    edges.watchOnly(missing);
  }

  boolean isUnderWay() {
    return !missing.isEmpty();
  }

  /** How long to wait for answers before calling again. */
  Duration interval() {
    return surroundings.rollCallTimeout().dividedBy(MAX_CALLS);
  }

  /** Asks those who are missing; asking twice costs less than one question that was lost. */
  void call(ActorRef<RoomCommand> self) {
    Set<String> gone =
        missing.stream().filter(it -> !edges.isMember(it)).collect(Collectors.toSet());
    lost(gone);
    if (calls == MAX_CALLS) {
      Set.copyOf(missing).forEach(this::giveUp);
    }
    calls++;
    for (String edge : missing) {
      edges.tell(edge, new EdgeCommand.AskLive(room, socketsOf(edge), self));
    }
  }

  /** An answer; a second one of the same edge is too old to be of use. */
  void answered(String edge, Collection<Long> live) {
    if (missing.remove(edge)) {
      memory.conclude(memory.arbiter().reconcile(edge, live, memory.now()));
    }
  }

  void lost(Set<String> gone) {
    missing.removeAll(gone);
    memory.conclude(memory.arbiter().edgesLost(gone, memory.now()));
  }

  private void giveUp(String edge) {
    LOG.warn("room_edge_silent").with(LogKey.FROM, edge).write();
    surroundings.observer().edgeSilent(room);
    missing.remove(edge);
    memory.conclude(memory.arbiter().edgeSilent(edge, memory.now()));
  }

  private List<Long> socketsOf(String edge) {
    return memory
        .arbiter()
        .room()
        .holders()
        .map(Slot::socket)
        .filter(it -> it.edge().equals(edge))
        .map(SocketAddress::number)
        .toList();
  }
}
