package relay.core.room;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A {@link Verdict} being reached step by step: each sees the room as the one before left it. */
record Draft(
    RoomPolicy policy,
    Instant now,
    Room room,
    Contest contest,
    List<RoomEvent> events,
    List<Tell> tells) {
  private static final long NANOS_PER_MILLI = 1_000_000;

  static Draft of(Arbiter arbiter, Instant now) {
    return new Draft(
        arbiter.policy(), now, arbiter.room(), arbiter.contest(), List.of(), List.of());
  }

  Verdict verdict() {
    return new Verdict(events, tells, contest);
  }

  Draft happened(RoomEvent event) {
    return new Draft(policy, now, Room.evolve(room, event), contest, and(events, event), tells);
  }

  Draft tell(Tell tell) {
    return new Draft(policy, now, room, contest, events, and(tells, tell));
  }

  Draft contest(Contest next) {
    return new Draft(policy, now, room, next, events, tells);
  }

  <T> Draft forEach(Stream<T> items, BiFunction<Draft, T, Draft> step) {
    Draft draft = this;
    for (T item : items.toList()) {
      draft = step.apply(draft, item);
    }
    return draft;
  }

  /** Nothing is swept: a grace that is over ends when somebody next looks (pyrycode 4.3). */
  Draft settleGrace() {
    return room.agent() instanceof AgentSlot.Away(var until) && !now.isBefore(until)
        ? happened(new RoomEvent.GraceExpired(room.epoch(), now))
            .evictPhones(policy.farewells().expiredPhone())
        : this;
  }

  /** The newcomer holds the slot from now on; all of the old agent's sockets lose theirs. */
  Draft install(Claim claim) {
    boolean tookOver = room.agentHolder().isPresent();
    long epoch = room.epoch() + 1;
    return forEach(room.agentHolder().stream(), Draft::displace)
        .evictPhones(policy.farewells().reclaimedPhone())
        .happened(new RoomEvent.AgentAttached(epoch, claim.socket(), claim.connection(), now))
        .tell(new Tell.AgentGranted(claim.socket(), epoch, tookOver));
  }

  /** The first of those who wait gets the slot, the others get none. */
  Draft installFirstWaiting() {
    Claim first = contest.waiting().getFirst();
    return contest(contest.without(first.socket()::equals)).install(first).refuseWaiting();
  }

  Draft refuseWaiting() {
    return forEach(
            contest.waiting().stream(),
            (draft, it) -> draft.tell(new Tell.Refused(it.socket(), Refusal.ALREADY_CLAIMED)))
        .contest(contest.closed());
  }

  /** The agent is gone: whoever waits for its slot gets it, otherwise its claim is kept. */
  Draft agentLeaves(Slot agent, CloseCause cause, int closeCode) {
    if (contest.isOpen()) {
      return detachAgent(agent, cause, closeCode, null).installFirstWaiting();
    }
    return detachAgent(agent, cause, closeCode, now.plus(policy.grace()))
        .forEach(room.phones().stream(), Draft::tellAgentLeft);
  }

  Draft phoneLeaves(Slot phone, CloseCause cause, int closeCode) {
    return detachPhone(phone, cause, closeCode)
        .forEach(
            room.agentHolder().stream(),
            (draft, it) ->
                draft.tell(
                    new Tell.PhoneLeft(it.socket(), room.epoch(), phone.connection(), false)));
  }

  /** Says again what a phone was promised; a present agent's edge learns it first. */
  Draft grant(Slot phone) {
    return switch (room.agent()) {
      case AgentSlot.Held(var agent) ->
          tell(
              new Tell.PhoneJoined(
                  agent.socket(),
                  phone.connection(),
                  new Tell.PhoneGranted(phone.socket(), room.epoch(), agent.socket(), 0)));
      case AgentSlot.Away(var until) ->
          tell(new Tell.PhoneGranted(phone.socket(), room.epoch(), null, millisUntil(until)));
      case AgentSlot.Vacant _ -> tell(new Tell.Refused(phone.socket(), Refusal.NO_AGENT));
    };
  }

  Draft tellAgentLeft(Slot phone) {
    return room.agent() instanceof AgentSlot.Away(var until)
        ? tell(new Tell.AgentLeft(phone.socket(), room.epoch(), millisUntil(until)))
        : this;
  }

  private Draft displace(Slot agent) {
    Farewell farewell = policy.farewells().displacedAgent();
    return detachAgent(agent, farewell.cause(), farewell.code(), null)
        .tell(new Tell.Close(agent.socket(), farewell));
  }

  private Draft evictPhones(Farewell farewell) {
    return forEach(
        room.phones().stream(),
        (draft, it) ->
            draft
                .detachPhone(it, farewell.cause(), farewell.code())
                .tell(new Tell.Close(it.socket(), farewell)));
  }

  private Draft detachPhone(Slot phone, CloseCause cause, int closeCode) {
    return happened(
        new RoomEvent.PhoneDetached(phone.socket(), phone.connection(), cause, closeCode, now));
  }

  private Draft detachAgent(
      Slot agent, CloseCause cause, int closeCode, @Nullable Instant graceUntil) {
    return happened(
        new RoomEvent.AgentDetached(
            agent.socket(), agent.connection(), cause, closeCode, graceUntil, now));
  }

  /** Rounded up, so that a socket that waits this long never asks too early. */
  private long millisUntil(Instant until) {
    return Math.ceilDiv(Duration.between(now, until).toNanos(), NANOS_PER_MILLI);
  }

  private static <T> List<T> and(List<T> items, T item) {
    return Stream.concat(items.stream(), Stream.of(item)).toList();
  }
}
