package relay.core.room;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The facts of one room: who holds which slot. {@link Arbiter} decides what follows from them.
 *
 * @param epoch how many agents have held the slot; a route is valid in its epoch only
 * @param phones in the order they came
 */
public record Room(long epoch, AgentSlot agent, List<Slot> phones) {
  /** A room nobody has ever used. */
  public static final Room EMPTY = new Room(0, new AgentSlot.Vacant(), List.of());

  public Room {
    phones = List.copyOf(phones);
  }

  public static Room evolve(Room room, RoomEvent event) {
    return switch (event) {
      case RoomEvent.AgentAttached(var epoch, var socket, var connection, var at) ->
          new Room(epoch, new AgentSlot.Held(new Slot(socket, connection, at, epoch)), room.phones);
      case RoomEvent.AgentDetached left -> room.withoutAgent(left);
      case RoomEvent.GraceExpired _ ->
          room.agent instanceof AgentSlot.Away ? room.withAgent(new AgentSlot.Vacant()) : room;
      case RoomEvent.PhoneAttached(var epoch, var socket, var connection, var at) ->
          room.withPhones(
              Stream.concat(
                      room.phones.stream(), Stream.of(new Slot(socket, connection, at, epoch)))
                  .toList());
      case RoomEvent.PhoneDetached left ->
          room.withPhones(
              room.phones.stream().filter(it -> !it.socket().equals(left.socket())).toList());
      case RoomEvent.RoomForgotten _ -> EMPTY;
    };
  }

  /** Who holds the agent slot, if somebody does. */
  public Optional<Slot> agentHolder() {
    return agent instanceof AgentSlot.Held(var slot) ? Optional.of(slot) : Optional.empty();
  }

  public Optional<Slot> phone(SocketAddress socket) {
    return phones.stream().filter(it -> it.socket().equals(socket)).findFirst();
  }

  /** Every slot that is held, the agent's first. */
  public Stream<Slot> holders() {
    return Stream.concat(agentHolder().stream(), phones.stream());
  }

  /** A detachment is of one socket: of a displaced one it changes nothing (pyrycode 4.4). */
  private Room withoutAgent(RoomEvent.AgentDetached left) {
    if (agentHolder().filter(it -> it.socket().equals(left.socket())).isEmpty()) {
      return this;
    }
    return withAgent(
        left.graceUntil() == null ? new AgentSlot.Vacant() : new AgentSlot.Away(left.graceUntil()));
  }

  private Room withAgent(AgentSlot next) {
    return new Room(epoch, next, phones);
  }

  private Room withPhones(List<Slot> next) {
    return new Room(epoch, agent, next);
  }
}
