package relay.core.room;

import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Decides who holds which slot of one room. Every verb returns what follows and changes nothing;
 * {@link #after} is the arbiter of the room as the verdict leaves it.
 */
public record Arbiter(RoomPolicy policy, Room room, Contest contest) {

  public Arbiter(RoomPolicy policy, Room room) {
    this(policy, room, Contest.NONE);
  }

  public Arbiter after(Verdict verdict) {
    Room next = room;
    for (RoomEvent event : verdict.events()) {
      next = Room.evolve(next, event);
    }
    return new Arbiter(policy, next, verdict.contest());
  }

  /** First come wins: a held slot is contested, one in grace goes to any claim (pyrycode 4.1). */
  public Verdict attachAgent(Claim claim, Instant now) {
    if (policy.asksForCredentials()) {
      return Draft.of(this, now).refuse(claim, Refusal.WRONG_CREDENTIALS).verdict();
    }
    Draft draft = new Departure(Draft.of(this, now)).ofGrace();
    return switch (draft.room().agent()) {
      case AgentSlot.Held(var slot) when slot.socket().equals(claim.socket()) ->
          draft.tell(new Tell.AgentGranted(claim.socket(), slot.epoch(), false)).verdict();
      case AgentSlot.Held(var slot) -> new Challenge(draft).by(claim, slot).verdict();
      case AgentSlot.Away _, AgentSlot.Vacant _ -> draft.install(claim, null).verdict();
    };
  }

  /** An agent registers the room, for the first time, again, or anew (TermOnMac 4.4). */
  public Verdict register(Claim claim, Registration asked, Instant now) {
    return policy.asksForCredentials()
        ? new Admission(Draft.of(this, now)).register(claim, asked).verdict()
        : attachAgent(claim, now);
  }

  /** No agent wins over full, and a phone that has its slot is told so again (pyrycode 4.2). */
  public Verdict attachPhone(Claim claim, Instant now) {
    if (policy.asksForCredentials()) {
      return Draft.of(this, now).refuse(claim, Refusal.WRONG_CREDENTIALS).verdict();
    }
    Draft draft = new Departure(Draft.of(this, now)).ofGrace();
    Optional<Slot> held = draft.room().phone(claim.socket());
    if (held.isPresent()) {
      return draft.grant(held.get()).verdict();
    }
    if (room.phone(claim.socket()).isPresent()) {
      return draft.verdict();
    }
    if (draft.room().agent() instanceof AgentSlot.Vacant) {
      return draft.refuse(claim, Refusal.NO_AGENT).verdict();
    }
    if (policy.isFull(room)) {
      return draft.refuse(claim, Refusal.TOO_MANY_PHONES).verdict();
    }
    return draft.admit(claim, room.epoch(), null).verdict();
  }

  /** A phone joins the room (TermOnMac 4.5). */
  public Verdict join(Claim claim, JoinRequest asked, Instant now) {
    return switch (policy.phones()) {
      case PhoneRules.OfAgent _ -> attachPhone(claim, now);
      case PhoneRules.OfRoom rules ->
          new Admission(Draft.of(this, now)).join(claim, asked, rules).verdict();
    };
  }

  /** A socket ended. Of one that holds nothing any more it changes nothing (pyrycode 4.3, 4.4). */
  public Verdict detach(SocketAddress socket, CloseCause cause, int closeCode, Instant now) {
    return leave(socket::equals, cause, closeCode, now);
  }

  /** The incumbent lives: it keeps its slot, and nobody waits for it any longer (pyrycode 4.4). */
  public Verdict probeAnswered(SocketAddress socket, long probe, Instant now) {
    Draft draft = Draft.of(this, now);
    return (isAwaited(probe) && holdsAgent(socket) ? new Challenge(draft).lost() : draft).verdict();
  }

  /** The incumbent did not answer: the first who waits takes over (pyrycode 4.4). */
  public Verdict probeTimedOut(long probe, Instant now) {
    Draft draft = Draft.of(this, now);
    return (isAwaited(probe) ? new Challenge(draft).won() : draft).verdict();
  }

  /** A phone believes that its agent's grace is over; one that has no slot is closed (4.3). */
  public Verdict graceElapsed(SocketAddress socket, Instant now) {
    Draft draft = Draft.of(this, now);
    if (!(policy.phones() instanceof PhoneRules.OfAgent rules)) {
      return draft.verdict();
    }
    if (room.phone(socket).isEmpty()) {
      return draft.tell(new Tell.Close(socket, rules.expired())).verdict();
    }
    Draft settled = new Departure(draft).ofGrace();
    return settled
        .forEach(
            settled.room().phone(socket).stream(),
            (it, phone) ->
                room.agentHolder().isPresent() ? it.grant(phone) : it.tellAgentLeft(phone, null))
        .verdict();
  }

  /** Edges are gone, and every socket of them. */
  public Verdict edgesLost(Set<String> edges, Instant now) {
    Verdict left = leave(it -> edges.contains(it.edge()), CloseCause.NODE_LOST, 0, now);
    return left.withTells(left.tells().stream().map(Arbiter::ofLostNode).toList());
  }

  /** Whoever lives on tells the agent itself; a lost node's phones cannot. */
  private static Tell ofLostNode(Tell tell) {
    return tell instanceof Tell.PhoneLeft left
        ? new Tell.PhoneLeft(left.to(), left.epoch(), left.connection(), true, left.cause())
        : tell;
  }

  /** An edge says which of its sockets live; the others are gone. */
  public Verdict reconcile(String edge, Collection<Long> live, Instant now) {
    Set<Long> numbers = Set.copyOf(live);
    return leave(
        it -> it.edge().equals(edge) && !numbers.contains(it.number()),
        CloseCause.NODE_LOST,
        0,
        now);
  }

  /** An edge does not say which of its sockets live: they lose their slots and are closed. */
  public Verdict edgeSilent(String edge, Instant now) {
    Verdict lost = leave(it -> it.edge().equals(edge), CloseCause.NODE_LOST, 0, now);
    Stream<Tell> closes =
        room.holders()
            .filter(it -> it.socket().edge().equals(edge))
            .map(it -> new Tell.Close(it.socket(), policy.farewells().lost()));
    return new Verdict(
        lost.events(), Stream.concat(lost.tells().stream(), closes).toList(), lost.contest());
  }

  /** Everybody is closed and nothing is kept; of a room that keeps nothing there is no event. */
  public Verdict forget(Instant now) {
    Draft closed =
        Draft.of(this, now)
            .contest(contest.closed())
            .forEach(
                sockets(),
                (it, socket) -> it.tell(new Tell.Close(socket, policy.farewells().forgotten())));
    return (isEmpty() ? closed : closed.happened(new RoomEvent.RoomForgotten(now))).verdict();
  }

  /** Whether nothing is kept of the room. */
  public boolean isEmpty() {
    return room.equals(Room.EMPTY);
  }

  /** The edges of all sockets that hold or wait for a slot. */
  public Set<String> edges() {
    return sockets().map(SocketAddress::edge).collect(Collectors.toUnmodifiableSet());
  }

  /** Whoever leaves is not told of it: there is nobody to tell. */
  private Verdict leave(
      Predicate<SocketAddress> leaving, CloseCause cause, int closeCode, Instant now) {
    Draft agentLeft =
        Draft.of(this, now)
            .contest(contest.without(leaving))
            .forEach(
                room.agentHolder().stream().filter(it -> leaving.test(it.socket())),
                (it, agent) -> new Departure(it).ofAgent(agent, cause, closeCode));
    return agentLeft
        .forEach(
            agentLeft.room().phones().stream().filter(it -> leaving.test(it.socket())),
            (it, phone) -> new Departure(it).ofPhone(phone, cause, closeCode))
        .verdict()
        .untold(leaving);
  }

  private Stream<SocketAddress> sockets() {
    return Stream.concat(
        room.holders().map(Slot::socket), contest.waiting().stream().map(Claim::socket));
  }

  private boolean isAwaited(long probe) {
    return contest.isOpen() && contest.probe() == probe;
  }

  private boolean holdsAgent(SocketAddress socket) {
    return room.agentHolder().filter(it -> it.socket().equals(socket)).isPresent();
  }
}
