package relay.core.room;

import java.time.Instant;
import java.util.Collection;
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

  /**
   * The first claim wins; a held slot is contested, a claim in grace always wins (pyrycode 4.1).
   */
  public Verdict attachAgent(Claim claim, Instant now) {
    Draft draft = new Draft(this, now);
    draft.settleGrace();
    switch (draft.room().agent()) {
      case AgentSlot.Held(var slot) when slot.socket().equals(claim.socket()) ->
          draft.tell(new Tell.AgentGranted(claim.socket(), slot.epoch(), false));
      case AgentSlot.Held(var slot) -> challenge(draft, slot, claim);
      case AgentSlot.Away _, AgentSlot.Vacant _ -> draft.install(claim);
    }
    return draft.verdict();
  }

  /** No agent wins over full, and a phone that has its slot is told so again (pyrycode 4.2). */
  public Verdict attachPhone(Claim claim, Instant now) {
    Draft draft = new Draft(this, now);
    draft.settleGrace();
    Room settled = draft.room();
    boolean expired = settled.phone(claim.socket()).isEmpty() && holdsPhone(claim.socket());
    if (expired) {
      return draft.verdict();
    }
    if (settled.agent() instanceof AgentSlot.Vacant) {
      draft.tell(new Tell.Refused(claim.socket(), Refusal.NO_AGENT));
    } else if (settled.phone(claim.socket()).isPresent()) {
      settled.phone(claim.socket()).ifPresent(draft::grant);
    } else if (policy.maxPhones() > 0 && settled.phones().size() >= policy.maxPhones()) {
      draft.tell(new Tell.Refused(claim.socket(), Refusal.TOO_MANY_PHONES));
    } else {
      draft.happened(
          new RoomEvent.PhoneAttached(settled.epoch(), claim.socket(), claim.connection(), now));
      draft.room().phone(claim.socket()).ifPresent(draft::grant);
    }
    return draft.verdict();
  }

  /** A socket ended. Of one that holds nothing any more it changes nothing (pyrycode 4.3, 4.4). */
  public Verdict detach(SocketAddress socket, CloseCause cause, int closeCode, Instant now) {
    Draft draft = new Draft(this, now);
    draft.contest(contest.without(socket::equals));
    room.phone(socket).ifPresent(it -> draft.phoneLeaves(it, cause, closeCode));
    room.agentHolder()
        .filter(it -> it.socket().equals(socket))
        .ifPresent(it -> draft.agentLeaves(it, cause, closeCode));
    return draft.verdict();
  }

  /** The incumbent lives: it keeps its slot, and nobody waits for it any longer (pyrycode 4.4). */
  public Verdict probeAnswered(SocketAddress socket, long probe, Instant now) {
    Draft draft = new Draft(this, now);
    if (isAwaited(probe) && holdsAgent(socket)) {
      draft.refuseWaiting();
    }
    return draft.verdict();
  }

  /** The incumbent did not answer: the first who waits takes over (pyrycode 4.4). */
  public Verdict probeTimedOut(long probe, Instant now) {
    Draft draft = new Draft(this, now);
    if (isAwaited(probe)) {
      draft.installFirstWaiting();
    }
    return draft.verdict();
  }

  /** A phone believes that its agent's grace is over; one that has no slot is closed (4.3). */
  public Verdict graceElapsed(SocketAddress socket, Instant now) {
    Draft draft = new Draft(this, now);
    if (!holdsPhone(socket)) {
      draft.tell(new Tell.Close(socket, policy.farewells().expiredPhone()));
      return draft.verdict();
    }
    draft.settleGrace();
    draft
        .room()
        .phone(socket)
        .ifPresent(
            it -> {
              if (draft.room().agentHolder().isPresent()) {
                draft.grant(it);
              } else {
                draft.tellAgentLeft(socket);
              }
            });
    return draft.verdict();
  }

  /** An edge is gone, and every socket of it. */
  public Verdict edgeLost(String edge, Instant now) {
    return lose(it -> it.edge().equals(edge), now);
  }

  /** An edge says which of its sockets live; the others are gone. */
  public Verdict reconcile(String edge, Collection<Long> live, Instant now) {
    Set<Long> numbers = Set.copyOf(live);
    return lose(it -> it.edge().equals(edge) && !numbers.contains(it.number()), now);
  }

  /** An edge does not say which of its sockets live: they lose their slots and are closed. */
  public Verdict edgeSilent(String edge, Instant now) {
    Verdict lost = edgeLost(edge, now);
    Stream<Tell> closes =
        room.holders()
            .filter(it -> it.socket().edge().equals(edge))
            .map(it -> new Tell.Close(it.socket(), policy.farewells().lost()));
    return new Verdict(
        lost.events(), Stream.concat(lost.tells().stream(), closes).toList(), lost.contest());
  }

  /** Everybody is closed and nothing is kept; of a room that keeps nothing there is no event. */
  public Verdict forget(Instant now) {
    Draft draft = new Draft(this, now);
    sockets().forEach(it -> draft.tell(new Tell.Close(it, policy.farewells().forgotten())));
    draft.contest(contest.closed());
    if (!room.equals(Room.EMPTY)) {
      draft.happened(new RoomEvent.RoomForgotten(now));
    }
    return draft.verdict();
  }

  /** The edges of all sockets that hold or wait for a slot. */
  public Set<String> edges() {
    return sockets().map(SocketAddress::edge).collect(Collectors.toUnmodifiableSet());
  }

  private void challenge(Draft draft, Slot incumbent, Claim claim) {
    switch (policy.onClaimOfHeldSlot()) {
      case REPLACE -> draft.install(claim);
      case PROBE -> {
        if (contest.has(claim.socket())) {
          return;
        }
        if (contest.isFull()) {
          draft.tell(new Tell.Refused(claim.socket(), Refusal.ALREADY_CLAIMED));
          return;
        }
        draft.contest(contest.joinedBy(claim));
        if (!contest.isOpen()) {
          draft.tell(new Tell.Probe(incumbent.socket(), draft.contest().probe()));
        }
      }
    }
  }

  private Verdict lose(Predicate<SocketAddress> lost, Instant now) {
    Draft draft = new Draft(this, now);
    draft.contest(contest.without(lost));
    room.agentHolder()
        .filter(it -> lost.test(it.socket()))
        .ifPresent(it -> draft.agentLeaves(it, CloseCause.NODE_LOST, 0));
    draft.room().phones().stream()
        .filter(it -> lost.test(it.socket()))
        .forEach(it -> draft.phoneLeaves(it, CloseCause.NODE_LOST, 0));
    return draft.verdict();
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

  private boolean holdsPhone(SocketAddress socket) {
    return room.phone(socket).isPresent();
  }
}
