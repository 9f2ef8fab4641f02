package relay.core.room;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import relay.core.account.AccountId;
import relay.core.protocol.Keys;

/**
 * The facts of one room: who holds which slot, and whose it is. {@link Arbiter} decides what
 * follows from them.
 *
 * @param epoch how often the sockets that exchange frames have changed; a route is valid in its
 *     epoch only
 * @param phones in the order they came
 * @param registered whose it is, or null in a dialect without, and before the first registration
 */
public record Room(
    long epoch, AgentSlot agent, List<Slot> phones, @Nullable Registered registered) {
  /** A room nobody has ever used. */
  public static final Room EMPTY = new Room(0, new AgentSlot.Vacant(), List.of(), null);

  public Room {
    phones = List.copyOf(phones);
  }

  public static Room evolve(Room room, RoomEvent event) {
    return switch (event) {
      case RoomEvent.AgentAttached came -> room.withAgentOf(came);
      case RoomEvent.AgentDetached left -> room.withoutAgent(left);
      case RoomEvent.GraceExpired _ ->
          room.agent instanceof AgentSlot.Away ? room.withAgent(new AgentSlot.Vacant()) : room;
      case RoomEvent.PhoneAttached came -> room.withPhoneOf(came);
      case RoomEvent.PhoneDetached left -> room.withoutPhone(left);
      case RegistrationEvent change -> room.with(Registered.evolve(room.registered, change));
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

  public boolean isOf(AccountId account) {
    return registered != null && registered.owner().equals(account);
  }

  /** What becomes of the room if that account wants it forgotten. */
  public ReleaseAnswer releaseTo(AccountId account) {
    if (!isOf(account)) {
      return ReleaseAnswer.NOT_FOUND;
    }
    return agentHolder().isPresent() ? ReleaseAnswer.IN_USE : ReleaseAnswer.RELEASED;
  }

  /** Whether its agents have fled from the phone often enough to keep it out (TermOnMac 9.3). */
  boolean isRejected(Slot phone, Instant now) {
    Keys keys = phone.keys();
    return registered != null
        && keys != null
        && registered.rejections().areEnough(keys.publicKey(), now);
  }

  /** Every slot that is held, the agent's first. */
  public Stream<Slot> holders() {
    return Stream.concat(agentHolder().stream(), phones.stream());
  }

  /** Phones that stay are of the new agent's epoch from now on. */
  private Room withAgentOf(RoomEvent.AgentAttached came) {
    Slot slot = new Slot(came.socket(), came.connection(), came.at(), came.epoch(), came.keys());
    List<Slot> stay = phones.stream().map(it -> it.inEpoch(came.epoch())).toList();
    return new Room(came.epoch(), new AgentSlot.Held(slot), stay, registered)
        .registered(it -> it.seen(came.at()));
  }

  /** A detachment is of one socket: of a displaced one it changes nothing (pyrycode 4.4). */
  private Room withoutAgent(RoomEvent.AgentDetached left) {
    Optional<Slot> holder = agentHolder().filter(it -> it.socket().equals(left.socket()));
    if (holder.isEmpty()) {
      return this;
    }
    boolean isFlight =
        left.cause() == CloseCause.PEER_CLOSED || left.cause() == CloseCause.PEER_DROPPED;
    Room parted = this;
    for (Slot phone : phones) {
      parted = parted.registered(it -> it.parted(holder.get(), phone, isFlight, left.at()));
    }
    return parted
        .registered(it -> it.seen(left.at()))
        .withAgent(
            left.graceUntil() == null
                ? new AgentSlot.Vacant()
                : new AgentSlot.Away(left.graceUntil()));
  }

  private Room withPhoneOf(RoomEvent.PhoneAttached came) {
    Slot slot = new Slot(came.socket(), came.connection(), came.at(), came.epoch(), came.keys());
    Stream<Slot> others = phones.stream().filter(it -> !it.socket().equals(came.socket()));
    return new Room(
        came.epoch(), agent, Stream.concat(others, Stream.of(slot)).toList(), registered);
  }

  private Room withoutPhone(RoomEvent.PhoneDetached left) {
    Optional<Slot> phone = phone(left.socket());
    if (phone.isEmpty()) {
      return this;
    }
    List<Slot> stay = phones.stream().filter(it -> !it.equals(phone.get())).toList();
    Room without = new Room(epoch, agent, stay, registered);
    return agentHolder()
        .map(it -> without.registered(r -> r.parted(it, phone.get(), false, left.at())))
        .orElse(without);
  }

  private Room registered(UnaryOperator<Registered> change) {
    return registered == null ? this : with(change.apply(registered));
  }

  private Room with(Registered next) {
    return new Room(epoch, agent, phones, next);
  }

  private Room withAgent(AgentSlot next) {
    return new Room(epoch, next, phones, registered);
  }
}
